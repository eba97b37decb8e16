//! Compiles `style/main.scss` with Sass, and adds the images to which it refers.

use std::{fs, path::Path};

use super::Files;
use crate::{
    command::{command, run, say},
    error::{Error, Result},
    folders::Folders,
    node, stamp,
};

pub fn build(folders: &Folders, files: &mut Files) -> Result<()> {
    let folder = folders.root.join("style");
    node::install(&folder)?;
    let css = folders.work().join("main.css");
    let input = stamp::hash_files(std::slice::from_ref(&folder))?;
    stamp::once(&folders.work().join("style.stamp"), &input, || compile(&folder, &css))?;
    let css = fs::read_to_string(&css).map_err(Error::file(&css))?;
    let css = take_images(&folder.join("node_modules/@uswds/uswds/dist"), &css, files)?;
    files.insert(format!("pkg/flex.{}.css", stamp::hash(css.as_bytes())), css.into_bytes());
    Ok(())
}

fn compile(folder: &Path, css: &Path) -> Result<()> {
    say("Compiling the style sheet");
    let mut sass = command(folder.join("node_modules/.bin/sass"), folder);
    sass.args(["--load-path=node_modules/@uswds/uswds/packages", "--style=compressed", "--no-source-map"]);
    // We do not fix deprecation warnings inside USWDS.
    run(sass.args(["--quiet-deps", "main.scss"]).arg(css))
}

/// Gives each image that the style uses from USWDS (`url(../img/…)`) a hashed name beside the style sheet. Our own
/// addresses (`/img/…`, `data:…`) stay as they are.
fn take_images(dist: &Path, css: &str, files: &mut Files) -> Result<String> {
    let mut parts = css.split("url(");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (address, rest) = part.split_once(')').unwrap_or((part, ""));
        let address = address.trim_matches(['"', '\'']);
        match address.strip_prefix("../") {
            Some(path) => result.push_str(&format!("url({}){rest}", take_image(&dist.join(path), files)?)),
            None => result.push_str(&format!("url({part}")),
        }
    }
    Ok(result)
}

/// The image's name beside the style sheet.
fn take_image(image: &Path, files: &mut Files) -> Result<String> {
    let content = fs::read(image).map_err(Error::file(image))?;
    let stem = image.file_stem().unwrap_or_default().to_string_lossy();
    let ending = image.extension().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}.{}.{ending}", stamp::hash(&content));
    files.insert(format!("pkg/{name}"), content);
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_of_uswds_get_hashed_names_and_others_stay() {
        let dist = std::env::temp_dir().join(format!("flex-style-{}", std::process::id()));
        fs::create_dir_all(dist.join("img")).unwrap();
        fs::write(dist.join("img/check.svg"), "<svg/>").unwrap();
        let mut files = Files::new();
        let css = take_images(&dist, r#"a{b:url("../img/check.svg")}c{d:url(/img/x.svg)}e{f:url("")}"#, &mut files);
        let name = format!("check.{}.svg", stamp::hash(b"<svg/>"));
        assert_eq!(css.unwrap(), format!(r#"a{{b:url({name})}}c{{d:url(/img/x.svg)}}e{{f:url("")}}"#));
        assert_eq!(files.keys().collect::<Vec<_>>(), [&format!("pkg/{name}")]);
        fs::remove_dir_all(dist).unwrap();
    }
}
