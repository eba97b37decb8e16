//! Which scopes a program offers, and to whom.

use model::{
    application::Stopped,
    scope::{Level, Permission, ResourceScope, Scope, Scopes},
};
use programs::{program::Program, scope::Scope as Offer};

use crate::{
    client::Client,
    error::{Code, OAuthError},
};

/// What the program says about a scope; SMART 2 forms are parts of `.read`. `None`: not offered.
pub fn offer<'p>(program: &'p Program, scope: &Scope) -> Option<&'p Offer> {
    match scope {
        Scope::Resource(resource) => {
            let whole = ResourceScope { permission: Permission::All, ..resource.clone() };
            program.scope(&Scope::Resource(whole).to_string())
        }
        context => program.scope(&context.to_string()),
    }
}

/// What an app asks a member for. Unlisted, empty, or beyond what the app is registered for: `invalid_scope`. Whether
/// it may use them now is another question.
pub fn for_member(program: &Program, client: &Client, asked: Option<&str>) -> Result<Scopes, OAuthError> {
    let scopes = listed(program, asked)?;
    if let Some(scope) = scopes.iter().find(|scope| client.may_use(scope) == Err(Stopped::NotRegistered)) {
        return Err(Code::InvalidScope.because(format!("the application is not registered for `{scope}`")));
    }
    Ok(scopes)
}

/// What an app asks for on its own: the directory. The printed example's `user/X.read` is taken as `public/X.read`
/// (oauth.md D4).
pub fn for_client(program: &Program, client: &Client, asked: Option<&str>) -> Result<Scopes, OAuthError> {
    let public = parse(asked)?.iter().map(|scope| as_public(program, scope)).collect::<Result<Scopes, _>>()?;
    if let Some(scope) = public.iter().find(|scope| client.may_use(scope).is_err()) {
        return Err(Code::InvalidScope.because(format!("the application may not use `{scope}`")));
    }
    Ok(public)
}

/// Whether the app may still use what a member allowed it.
pub(crate) fn check_usable(client: &Client, allowed: &Scopes) -> Result<(), OAuthError> {
    match allowed.iter().find(|scope| client.may_use(scope).is_err()) {
        Some(scope) => {
            Err(Code::InvalidGrant.because(format!("app_suspended: the application may not use `{scope}` now")))
        }
        None => Ok(()),
    }
}

fn as_public(program: &Program, scope: &Scope) -> Result<Scope, OAuthError> {
    let directory = scope.resource().filter(|scope| scope.level != Level::Patient);
    directory
        .map(|scope| Scope::Resource(ResourceScope { level: Level::Public, ..scope.clone() }))
        .filter(|scope| offer(program, scope).is_some())
        .ok_or_else(|| Code::InvalidScope.because(format!("`{scope}` is not a scope for client credentials")))
}

fn listed(program: &Program, asked: Option<&str>) -> Result<Scopes, OAuthError> {
    let scopes = parse(asked)?;
    match scopes.iter().find(|scope| offer(program, scope).is_none()) {
        Some(scope) => Err(Code::InvalidScope.because(format!("`{scope}` is not a scope of this server"))),
        None => Ok(scopes),
    }
}

fn parse(asked: Option<&str>) -> Result<Scopes, OAuthError> {
    let scopes: Scopes = asked
        .unwrap_or_default()
        .parse()
        // The text is the app's own and may hold anything, so it is not repeated.
        .map_err(|_| Code::InvalidScope.because("a scope is not one of this server's"))?;
    if scopes.is_empty() {
        return Err(Code::InvalidScope.because("`scope` is required"));
    }
    Ok(scopes)
}
