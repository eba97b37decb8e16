//! Private by default: whatever holds members' data, mail, keys or the log belongs to its owner alone, whatever the
//! umask is and no matter who created the folder. At start we restrict what others may read or write, and log it; if
//! that fails, the start stops. `flex check-config` only looks.

use std::{
    fmt,
    fs::{self, DirBuilder, Metadata, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use rustix::fs::{FileType, Mode, fchmod, fstat};

use crate::settings::Settings;

const FOLDER: u32 = 0o700;
const FILE: u32 = 0o600;
/// Permissions of the group and of others.
const OTHERS: u32 = 0o077;

/// Others can access it, and we are not permitted to change that.
#[derive(Debug, thiserror::Error)]
#[error(
    "{}: others may read or write it (mode {mode:04o}), and FLEX cannot restrict it: {error}. Make the user \
     who runs flex its owner, and set its mode to {wanted:04o}", .path.display()
)]
pub struct Exposed {
    path: PathBuf,
    mode: u32,
    wanted: u32,
    error: io::Error,
}

/// A file or folder that others may look into.
#[derive(Debug, PartialEq, Eq)]
pub struct Open {
    path: PathBuf,
    mode: u32,
    wanted: u32,
    is_ours: bool,
}

impl fmt::Display for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {:04o} to {:04o}", self.path.display(), self.mode, self.wanted)
    }
}

/// From here on, nothing that this process creates is readable by others.
pub fn begin() {
    rustix::process::umask(Mode::from_raw_mode(OTHERS));
}

/// Restricts the log file, if the process that started us opened one as standard error.
pub fn narrow_log() {
    let stderr = io::stderr();
    let Ok(state) = fstat(&stderr) else { return };
    if FileType::from_raw_mode(state.st_mode) == FileType::RegularFile && state.st_mode & OTHERS != 0 {
        match fchmod(&stderr, Mode::from_raw_mode(FILE)) {
            Ok(()) => tracing::warn!("the file of this log was open to others: restricted to {FILE:04o}"),
            Err(error) => tracing::warn!(%error, "the file of this log is open to others and cannot be restricted"),
        }
    }
}

/// Creates the folder if it is missing.
pub fn make_folder(folder: &Path) -> Result<(), crate::Failure> {
    let made = DirBuilder::new().recursive(true).mode(FOLDER).create(folder);
    made.map_err(|error| crate::Failure::Folder(folder.to_owned(), error))
}

/// Closes what others may look into.
pub fn narrow(settings: &Settings) -> Result<(), Exposed> {
    // The folder first, so that no one can change its contents in the meantime.
    for folder_first in [true, false] {
        for open in look(settings).into_iter().filter(|open| (open.wanted == FOLDER) == folder_first) {
            let narrowed = fs::set_permissions(&open.path, Permissions::from_mode(open.wanted));
            narrowed.map_err(|error| Exposed::new(&open, error))?;
            tracing::warn!("open to others: restricted {open}");
        }
    }
    Ok(())
}

/// What [`narrow`] would close; an error if it cannot close it.
pub fn check(settings: &Settings) -> Result<Vec<Open>, Exposed> {
    let open = look(settings);
    match open.iter().find(|open| !open.is_ours) {
        Some(foreign) => Err(Exposed::new(foreign, io::ErrorKind::PermissionDenied.into())),
        None => Ok(open),
    }
}

impl Exposed {
    fn new(open: &Open, error: io::Error) -> Self {
        Self { path: open.path.clone(), mode: open.mode, wanted: open.wanted, error }
    }
}

fn look(settings: &Settings) -> Vec<Open> {
    let mail = settings.data.join("mail");
    let folders = [settings.data.clone(), mail.clone()];
    let mut files = vec![settings.sealing_key()];
    if let Some(database) = settings.database_file() {
        files.extend(["", "-wal", "-shm", "-journal", "-turn"].map(|end| with_end(&database, end)));
    }
    files.extend(settings.secret_files());
    files.extend(fs::read_dir(mail).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())));
    let folders = folders.iter().filter_map(|path| open(path, FOLDER, Metadata::is_dir));
    let files = files.iter().filter_map(|path| open(path, FILE, Metadata::is_file));
    folders.chain(files).collect()
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(end);
    path.into()
}

/// Others cannot read what does not exist or is of another kind.
fn open(path: &Path, wanted: u32, is_such: impl Fn(&Metadata) -> bool) -> Option<Open> {
    let state = fs::metadata(path).ok().filter(is_such)?;
    let (mode, own) = (state.mode() & 0o7777, rustix::process::geteuid());
    let is_ours = own.is_root() || state.uid() == own.as_raw();
    // What an orchestrator mounts belongs to root and reaches us through our group: it cannot be more private.
    let forbidden = if is_ours { OTHERS } else { 0o027 };
    (mode & forbidden != 0).then(|| Open { path: path.to_owned(), mode, wanted, is_ours })
}

#[cfg(test)]
mod tests {
    use store::testing::temporary_folder;

    use super::*;

    fn settings(name: &str) -> Settings {
        let mut settings = Settings::load(None).unwrap();
        settings.data = temporary_folder(name).join("data");
        settings
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o7777
    }

    #[test]
    fn what_others_may_look_into_is_named_and_narrowed() {
        let settings = settings("narrow");
        let data = &settings.data;
        fs::create_dir_all(data.join("mail")).unwrap();
        let names =
            ["sealing.key", "flex.db", "flex.db-wal", "flex.db-shm", "flex.db-turn", "mail/one.eml", "mail/.two.eml"];
        for (name, mode) in names.iter().zip([0o644, 0o664, 0o666, 0o604, 0o640, 0o644, 0o644]) {
            fs::write(data.join(name), "x").unwrap();
            fs::set_permissions(data.join(name), Permissions::from_mode(mode)).unwrap();
        }
        fs::write(data.join("unknown"), "x").unwrap();
        for (folder, mode) in [(data.clone(), 0o755), (data.join("mail"), 0o750)] {
            fs::set_permissions(folder, Permissions::from_mode(mode)).unwrap();
        }

        let said: Vec<String> = check(&settings).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), names.len() + 2, "{said:?}");
        assert!(said.contains(&format!("{} from 0664 to 0600", data.join("flex.db").display())), "{said:?}");
        assert_eq!(mode(&data.join("flex.db")), 0o664, "only looked");

        narrow(&settings).unwrap();
        assert!(names.iter().all(|name| mode(&data.join(name)) == 0o600));
        assert_eq!([mode(data), mode(&data.join("mail"))], [0o700, 0o700]);
        assert_eq!(check(&settings).unwrap(), []);
        fs::remove_dir_all(data.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_database_elsewhere_and_secrets_of_payers_are_looked_at_too() {
        let mut settings = settings("elsewhere");
        let folder = settings.data.parent().unwrap().to_owned();
        let database = folder.join("other.db");
        settings.database.url = Some(format!("sqlite://{}?mode=rwc", database.display()));
        fs::write(&database, "x").unwrap();
        fs::set_permissions(&database, Permissions::from_mode(0o644)).unwrap();
        narrow(&settings).unwrap();
        assert_eq!(mode(&database), 0o600);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_folder_is_made_for_its_owner_alone() {
        let settings = settings("made");
        make_folder(&settings.data).unwrap();
        assert_eq!(mode(&settings.data), 0o700);
        make_folder(&settings.data).unwrap();
        fs::remove_dir_all(settings.data.parent().unwrap()).unwrap();
    }
}
