//! From a checked id_token to a session: account, member link, the end of what a former member allowed, record, all in
//! one transaction.

use audit::{
    event::{Actor, Event},
    log,
};
use fhir::members::{self as patients, Member};
use identity::{
    members,
    payer_accounts::{self, Subject},
    sessions,
};
use model::{account::PersonName, email::Email};
use oauth::grants::member as grants;
use serde_json::{Map, Value};
use store::{Scoped, Store};

use crate::{
    finish::{Error, SignedIn, Visitor},
    health,
    id_token::IdToken,
    provider::Provider,
};

pub async fn sign_in(
    store: &Store,
    provider: &Provider,
    vouched: &IdToken,
    visitor: Visitor<'_>,
) -> Result<SignedIn, Error> {
    let home = &provider.home;
    let mut ctx = store.write().await?.within(home.partition.clone());
    let subject = Subject { home, issuer: provider.issuer.as_str(), subject: &vouched.subject };
    let member = find_member(&mut ctx, provider, &vouched.claims).await?;
    let (name, email) = (name(&vouched.claims, member.as_ref(), &provider.name), email(&vouched.claims));
    let account = payer_accounts::find_or_create(&mut ctx, subject, &name, email.as_ref()).await?;
    let patient = member.as_ref().map(|member| &member.patient);
    members::link_by_provider(&mut ctx, &account, &home.partition, &home.payer, patient).await?;
    grants::end_as_others(&mut ctx, &account, &home.partition, &home.payer, patient).await?;
    let session = sessions::sign_in(&mut ctx, visitor.session, &account, visitor.user_agent).await?;
    sessions::set_authenticated(&mut ctx, &session.id, vouched.authenticated_at).await?;
    let event = Event::new(Actor::Account(account.clone()), "account.signed_in", "account", account.as_str());
    log::record(&mut ctx, &event.within(&home.partition).with("payer", home.payer.as_str())).await?;
    health::succeeded(&mut ctx, provider).await?;
    ctx.commit().await?;
    Ok(SignedIn { session, is_member: patient.is_some() })
}

/// The payer's Patient with the identifier that the claim names.
async fn find_member(
    ctx: &mut Scoped,
    provider: &Provider,
    claims: &Map<String, Value>,
) -> Result<Option<Member>, Error> {
    let value = match claims.get(&provider.member_id.claim) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => return Ok(None),
    };
    let (payer, system) = (&provider.home.payer, &provider.member_id.system);
    let Some(patient) = patients::find_by_identifier(ctx, payer, system, &value).await? else { return Ok(None) };
    Ok(patients::find(ctx, &patient).await?)
}

/// What to greet with: what the provider calls them, else the payer's data. A name that ours could not be is none.
fn name(claims: &Map<String, Value>, member: Option<&Member>, payer: &str) -> PersonName {
    let text = |claim: &str| claims.get(claim).and_then(Value::as_str).unwrap_or_default();
    let whole = format!("{} {}", text("given_name"), text("family_name"));
    let loaded = member.map_or("", |member| member.name.as_str());
    let known = [text("name"), &whole, loaded, payer].into_iter().find_map(|name| name.parse().ok());
    known.unwrap_or_else(PersonName::unknown)
}

/// Where to write to: only an address that the provider has confirmed (OpenID Connect Core §5.1).
fn email(claims: &Map<String, Value>) -> Option<Email> {
    let is_verified = claims.get("email_verified") == Some(&Value::Bool(true));
    claims.get("email")?.as_str()?.parse().ok().filter(|_| is_verified)
}
