//! Which scopes a program offers, and to whom.

use model::{
    application::Stopped,
    scope::{Level, Permission, ResourceScope, Scope, Scopes},
};
use programs::{
    program::{Program, UnknownScopes},
    scope::{Scope as Offer, ScopeKind},
};

use crate::{
    client::Client,
    error::{Code, OAuthError},
    reason::Reason,
};

/// What the program says about a scope. SMART 2 forms are parts of `.read`. `None` if the program does not offer it.
pub fn offer<'p>(program: &'p Program, scope: &Scope) -> Option<&'p Offer> {
    match scope {
        Scope::Resource(resource) => {
            let whole = ResourceScope { permission: Permission::All, ..resource.clone() };
            program.scope(&Scope::Resource(whole).to_string())
        }
        context => program.scope(&context.to_string()),
    }
}

/// What an app asks a member for. Unlisted, empty, or beyond what the app is registered for: `invalid_scope`. This does not say
/// whether the app may use the scopes now.
pub fn for_member(program: &Program, client: &Client, asked: Option<&str>) -> Result<Scopes, OAuthError> {
    let asked = Asked::of(asked, |scope| offer(program, &scope).is_some().then_some(scope));
    let scopes = asked.known(program, "not known here; known are", |_| true)?;
    if let Some(scope) = scopes.iter().find(|scope| client.may_use(scope) == Err(Stopped::NotRegistered)) {
        return Err(Code::InvalidScope.because(format!("the application is not registered for `{scope}`")));
    }
    Ok(scopes)
}

/// What an app asks for on its own: the directory. The printed example's `user/X.read` means `public/X.read` (oauth.md D4).
pub fn for_client(program: &Program, client: &Client, asked: Option<&str>) -> Result<Scopes, OAuthError> {
    let asked = Asked::of(asked, |scope| as_public(program, &scope));
    let public =
        asked.known(program, "not for client credentials; for them are", |offer| offer.kind() == ScopeKind::Public)?;
    if let Some(scope) = public.iter().find(|scope| client.may_use(scope).is_err()) {
        return Err(Code::InvalidScope.because(format!("the application may not use `{scope}`")));
    }
    Ok(public)
}

/// What an app asks for when it refreshes: fewer scopes than it was given, never more (RFC 6749 §6).
pub(crate) fn narrowed(program: &Program, given: &Scopes, asked: Option<&str>) -> Result<Scopes, OAuthError> {
    if asked.is_none() {
        return Ok(given.clone());
    }
    let asked = Asked::of(asked, |scope| offer(program, &scope).is_some().then_some(scope));
    let scopes = asked.known(program, "not known here; known are", |_| true)?;
    let more: Vec<String> = scopes.iter().filter(|scope| !given.allow(scope)).map(Scope::to_string).collect();
    if more.is_empty() {
        return Ok(scopes);
    }
    Err(Code::InvalidScope.because(format!("{}: more than was allowed", list(more.iter().map(String::as_str)))))
}

/// Whether the app may still use what a member allowed it.
pub(crate) fn check_usable(client: &Client, allowed: &Scopes) -> Result<(), OAuthError> {
    if client.may_ask_members().is_err() {
        return Err(Code::InvalidGrant.with(Reason::AppSuspended, "the application may not ask members for access now"));
    }
    match allowed.iter().find(|scope| client.may_use(scope).is_err()) {
        Some(scope) => {
            Err(Code::InvalidGrant.with(Reason::AppSuspended, format!("the application may not use `{scope}` now")))
        }
        None => Ok(()),
    }
}

fn as_public(program: &Program, scope: &Scope) -> Option<Scope> {
    let directory = scope.resource().filter(|scope| scope.level != Level::Patient)?;
    let public = Scope::Resource(ResourceScope { level: Level::Public, ..directory.clone() });
    offer(program, &public).is_some().then_some(public)
}

/// What an app wrote: the scopes that the program offers, and the others.
struct Asked<'a> {
    known: Scopes,
    unknown: Vec<&'a str>,
}

impl<'a> Asked<'a> {
    fn of(asked: Option<&'a str>, know: impl Fn(Scope) -> Option<Scope>) -> Self {
        let mut unknown = Vec::new();
        let known = |word: &'a str| {
            let scope = word.parse().ok().and_then(&know);
            if scope.is_none() {
                unknown.push(word);
            }
            scope
        };
        let words = asked.unwrap_or_default().split(' ').filter(|word| !word.is_empty());
        Self { known: words.filter_map(known).collect(), unknown }
    }

    /// The known ones. Unknown ones are refused by name, with a list of those that are known. A program may have them ignored, as
    /// long as something is left (RFC 6749 §3.3, oauth.md D12).
    fn known(self, program: &Program, refusal: &str, offered: impl Fn(&&Offer) -> bool) -> Result<Scopes, OAuthError> {
        let ignores = program.unknown_scopes == UnknownScopes::Ignore && !self.known.is_empty();
        if !self.unknown.is_empty() && !ignores {
            let known = program.scopes.iter().filter(offered).map(|offer| offer.name.as_str());
            let known = known.collect::<Vec<_>>().join(" ");
            let unknown = list(self.unknown.into_iter());
            return Err(Code::InvalidScope.because(format!("{unknown}: {refusal}: {known}")));
        }
        if self.known.is_empty() {
            return Err(Code::InvalidScope.because("`scope` is required"));
        }
        Ok(self.known)
    }
}

/// Names of scopes for the app that wrote them.
const NAMED: usize = 20;
const LONGEST_NAME: usize = 80;

/// Names as an `error_description` may hold them (RFC 6749 §5.2). The text comes from the app and may be anything.
fn list<'a>(mut names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let plain = |char: char| if char.is_ascii_graphic() && !"\"\\`".contains(char) { char } else { '?' };
    let name = |name: &str| format!("`{}`", name.chars().take(LONGEST_NAME).map(plain).collect::<String>());
    let all: Vec<String> = names.by_ref().take(NAMED).map(name).collect();
    match names.len() {
        0 => all.join(", "),
        more => format!("{} and {more} more", all.join(", ")),
    }
}
