//! Scopes against resources: each opens something, and everything of a member is behind one.

use crate::{
    load::{key::Key, report::Report},
    program::Program,
    resource::{Access, Resource},
    scope::{CONTEXT_SCOPES, Scope, ScopeKind},
};

pub fn check(program: &Program, report: &mut Report<'_>) {
    for (index, scope) in program.scopes.iter().enumerate() {
        if let Some(wrong) = fault(program, scope) {
            report.add(&Key::of("scopes").item(index).field("name"), wrong);
        }
        if scope.sensitive.is_some() && scope.kind() != ScopeKind::Patient {
            let wrong = format!("`{}` opens no member's data, so it cannot be sensitive", scope.name);
            report.add(&Key::of("scopes").item(index).field("sensitive"), wrong);
        }
    }
    for (index, resource) in program.resources.iter().enumerate() {
        granted(program, resource, &Key::of("resources").item(index), report);
    }
}

fn fault(program: &Program, scope: &Scope) -> Option<String> {
    let name = &scope.name;
    let access = match scope.kind() {
        ScopeKind::Context => {
            return (!CONTEXT_SCOPES.contains(&name.as_str()))
                .then(|| format!("`{name}` is neither `patient/Type.read`, `public/Type.read` nor a context scope"));
        }
        ScopeKind::Patient => Access::Member,
        ScopeKind::Public => Access::Directory,
    };
    let Some(word) = scope.resource() else { return Some(format!("`{name}` does not end in `.read`")) };
    match program.guarded_by(word) {
        None => Some(format!("`{name}` opens {word}, which the program does not offer")),
        Some(resource) if resource.access != access => Some(format!("`{name}` does not fit `access` of {word}")),
        Some(_) => None,
    }
}

fn granted(program: &Program, resource: &Resource, key: &Key, report: &mut Report<'_>) {
    for (index, kind) in resource.granted_with.iter().enumerate() {
        let fits = program.resource(kind).is_some_and(|other| other.access == resource.access);
        if !fits {
            let message = format!("`{kind}` is not offered with the same `access`");
            report.add(&key.field("granted_with").item(index), message);
        }
    }
    let named = program.scopes.iter().any(|scope| scope.resource() == Some(resource.kind.as_str()));
    if resource.access == Access::Member && !named && resource.granted_with.is_empty() {
        report.add(&key.field("kind"), format!("no scope opens {}, nor does `granted_with`", resource.kind));
    }
}
