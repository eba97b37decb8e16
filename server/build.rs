//! Lists the files that `cargo xtask` has made for browsers (`site` in the target folder), so that the binary embeds
//! them. Without them the list is empty and everything still compiles.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    hash::{DefaultHasher, Hasher},
    path::{Path, PathBuf},
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let site = target_folder(&out)?.join("site");
    println!("cargo:rerun-if-changed={}", site.display());
    let mut files = Vec::new();
    if site.exists() {
        list(&site, &mut files)?;
    }
    files.sort();

    let mut code = String::from("pub const FILES: &[File] = &[\n");
    for file in &files {
        entry(&mut code, &site, file)?;
    }
    code.push_str("];\n");
    let style = files.iter().find_map(|file| main_file(&site, file, ".css"));
    writeln!(code, "pub const STYLE: Option<&str> = {:?};", style.map(|name| format!("/pkg/{name}.css")))?;
    let islands = files.iter().find_map(|file| main_file(&site, file, "_bg.wasm"));
    writeln!(code, "pub const ISLANDS: Option<&str> = {islands:?};")?;
    let consent = files.iter().find(|file| is_script(&site, file, "consent.")).map(|file| address(&site, file));
    writeln!(code, "pub const CONSENT: Option<&str> = {:?};", consent.transpose()?)?;
    let draft = files.iter().find(|file| is_script(&site, file, "draft.")).map(|file| address(&site, file));
    writeln!(code, "pub const DRAFT: Option<&str> = {:?};", draft.transpose()?)?;
    let fonts = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "woff2"));
    let fonts = fonts.map(|file| address(&site, file)).collect::<Result<Vec<_>>>()?;
    writeln!(code, "pub const FONTS: &[&str] = &{fonts:?};")?;
    let docs = files.iter().find(|file| is_script(&site, file, "docs.")).map(|file| address(&site, file));
    writeln!(code, "pub const DOCS: Option<&str> = {:?};", docs.transpose()?)?;
    fs::write(out.join("site.rs"), code)?;
    Ok(())
}

/// The target folder, which cargo marks.
fn target_folder(out: &Path) -> Result<&Path> {
    out.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists()).ok_or_else(|| "no target folder".into())
}

/// Every file except the compressed siblings.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if !path.extension().is_some_and(|ending| ending == "br" || ending == "gz") {
            files.push(path);
        }
    }
    Ok(())
}

fn entry(code: &mut String, site: &Path, file: &Path) -> Result<()> {
    let mut hash = DefaultHasher::new();
    hash.write(&fs::read(file)?);
    let path = address(site, file)?;
    let kind = media_type(&path).ok_or_else(|| format!("no media type is known for {path}"))?;
    let include = |ending: &str| {
        let sibling = PathBuf::from(format!("{}{ending}", file.display()));
        sibling.exists().then(|| format!("include_bytes!({:?})", sibling.display().to_string()))
    };
    let optional = |ending| include(ending).map_or_else(|| "None".to_owned(), |bytes| format!("Some({bytes})"));
    let plain = include("").ok_or("a file vanished")?;
    writeln!(
        code,
        "File {{ path: {path:?}, media_type: {kind:?}, hash: \"{:016x}\", plain: {plain}, brotli: {}, gzip: {} }},",
        hash.finish(),
        optional(".br"),
        optional(".gz"),
    )?;
    Ok(())
}

/// The address at which browsers request the file: `/pkg/flex.0123456789abcdef.css`.
fn address(site: &Path, file: &Path) -> Result<String> {
    let parts: Vec<_> = file.strip_prefix(site)?.iter().map(|part| part.to_string_lossy()).collect();
    Ok(format!("/{}", parts.join("/")))
}

/// `flex.<hash>` of the file `pkg/flex.<hash><ending>`.
fn main_file(site: &Path, file: &Path, ending: &str) -> Option<String> {
    let name = file.strip_prefix(site.join("pkg")).ok()?.to_str()?.strip_suffix(ending)?;
    name.starts_with("flex.").then(|| name.to_owned())
}

/// Whether the file is `pkg/<start><hash>.js`.
fn is_script(site: &Path, file: &Path, start: &str) -> bool {
    let name = file.strip_prefix(site.join("pkg")).ok().and_then(Path::to_str);
    name.is_some_and(|name| name.starts_with(start) && name.ends_with(".js"))
}

fn media_type(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" => "image/jpeg",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        _ => return None,
    })
}
