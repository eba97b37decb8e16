//! Files and folders that only their owner can read.

use std::{fs, os::unix::fs::PermissionsExt};

use super::{Place, Server, mode};

#[test]
fn everything_is_private_whatever_the_umask_and_whoever_made_the_folder() {
    let place = Place::new();
    fs::create_dir_all(place.data().join("mail")).unwrap();
    for folder in [place.data(), place.data().join("mail")] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
    }
    fs::write(place.data().join("mail/old.eml"), "Subject: private").unwrap();
    fs::set_permissions(place.data().join("mail/old.eml"), fs::Permissions::from_mode(0o666)).unwrap();

    let server = Server::start(&place, "umask 000;");

    for file in ["flex.db", "flex.db-wal", "flex.db-shm", "flex.db-turn", "sealing.key", "mail/old.eml"] {
        assert_eq!(mode(&place.data().join(file)), 0o600, "{file}");
    }
    for folder in [place.data(), place.data().join("mail")] {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
    }
    drop(server);

    let log = place.0.join("flex.log");
    let file = fs::File::create(&log).unwrap();
    fs::set_permissions(&log, fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(place.data().join("flex.db"), fs::Permissions::from_mode(0o644)).unwrap();
    let said = place.flex(&["check-config"], &[("FLEX_LISTEN", "127.0.0.1:0")]).said;
    assert!(said.contains("flex.db from 0644 to 0600"), "{said}");
    assert_eq!(mode(&place.data().join("flex.db")), 0o644, "it only looks");
    // Ends immediately, because it cannot listen there.
    let mut serve = place.command(&["serve"], &[("FLEX_LISTEN", "203.0.113.77:3000")]);
    assert!(!serve.stderr(file).status().unwrap().success());
    assert_eq!((mode(&log), mode(&place.data().join("flex.db"))), (0o600, 0o600));
    let said = fs::read_to_string(&log).unwrap();
    assert!(said.contains("flex.db from 0644 to 0600"), "{said}");
}

#[test]
fn a_key_file_that_is_missing_is_not_made_anew() {
    let place = Place::new();
    place.flex(&["keys", "rotate"], &[]).went_well();
    let key = place.data().join("sealing.key");
    assert_eq!(mode(&key), 0o600);
    let kept = place.0.join("kept");
    fs::rename(&key, &kept).unwrap();

    let words = ["sealing.key", "is missing", "did not create a new one", "backup"];
    for command in [&["keys", "rotate"][..], &["serve"], &["check-config"], &["demo"]] {
        place.flex(command, &[("FLEX_LISTEN", "127.0.0.1:0")]).refused(&words);
        assert!(!key.exists(), "{command:?}");
    }
    fs::write(&key, "").unwrap();
    place.flex(&["keys", "rotate"], &[]).refused(&["sealing.key"]);
    fs::write(&key, "A".repeat(43)).unwrap();
    for command in [&["serve"][..], &["check-config"]] {
        place
            .flex(command, &[("FLEX_LISTEN", "127.0.0.1:0")])
            .refused(&["does not open with this key file", "sealing.key"]);
    }
    fs::rename(kept, &key).unwrap();
    place.flex(&["keys", "rotate"], &[]).went_well();
}
