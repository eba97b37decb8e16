//! What several programs must not share: places and published clients.

use super::{document::Document, key::Key, report::Report};
use crate::{error::ProgramError, program::Program};

/// Reports every path, host and client that an earlier file, or an earlier base, has taken.
pub fn check(loaded: &[(Program, Document<'_>)]) -> Vec<ProgramError> {
    let mut taken: Vec<(String, &str)> = Vec::new();
    let mut errors = Vec::new();
    for (program, document) in loaded {
        let mut report = Report::new(document);
        for (key, place) in places(program) {
            match taken.iter().find(|(other, _)| *other == place) {
                Some((_, owner)) => report.add(&key, format!("`{place}` is taken by {owner}")),
                None => taken.push((place, program.id.as_str())),
            }
        }
        errors.extend(report.errors());
    }
    errors
}

fn places(program: &Program) -> Vec<(Key, String)> {
    let mut places = vec![(Key::of("path"), program.path.clone())];
    let try_it = program.sandbox.try_it.iter().map(|it| it.client_id.clone());
    places.extend(try_it.map(|client| (Key::of("sandbox").field("try_it").field("client_id"), client)));
    for (index, base) in program.bases.iter().enumerate() {
        let key = Key::of("bases").item(index);
        places.push((key.field("path"), base.path.clone()));
        let hosts = base.hosts.iter().enumerate();
        places.extend(hosts.map(|(index, host)| (key.field("hosts").item(index), host.clone())));
        places.extend(base.metadata.iter().map(|path| (key.field("metadata"), path.clone())));
    }
    places
}
