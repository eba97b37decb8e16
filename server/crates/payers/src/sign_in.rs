//! From a checked id_token to a session: account, member link, the end of what a former member allowed, record, all in
//! one transaction.

use std::collections::BTreeSet;

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use fhir::members::{self as patients, Found, Member, Standing};
use identity::{
    accounts, members,
    payer_accounts::{self, Subject},
    representatives::{self, feed::Named},
    sessions,
};
use mail::site::Site;
use model::{
    account::PersonName,
    email::Email,
    id::{AccountId, PatientId},
};
use oauth::grants::{member as grants, representation};
use serde_json::{Map, Value};
use store::{Scoped, Store};

use crate::{
    Payers, acts_for,
    fault::{Fault, MemberIdFault},
    finish::{Error, Outcome, SignedIn, Visitor},
    health,
    id_token::IdToken,
    provider::Provider,
};

/// Longer than any member number.
const LONGEST_NUMBER: usize = 255;

/// Signs in the person whom the claims name, as a member or as no member of the payer. If they are unclear, no one is signed
/// in and nothing changes.
pub async fn sign_in(
    payers: &Payers,
    store: &Store,
    provider: &Provider,
    vouched: &IdToken,
    visitor: Visitor<'_>,
) -> Result<Outcome, Error> {
    let home = &provider.home;
    let unclear = |fault| Ok(Outcome::Failed(Fault::MemberId(provider.member_id.claim.clone(), fault)));
    let number = number(&vouched.claims, &provider.member_id.claim);
    let numbers = match acts_for::numbers(&vouched.claims, provider.acts_for.as_deref()) {
        Ok(numbers) => numbers,
        Err((claim, fault)) => return Ok(Outcome::Failed(Fault::MemberId(claim, fault))),
    };
    let mut ctx = store.write().await?.within(home.partition.clone());
    let subject = Subject { home, issuer: provider.issuer.as_str(), subject: &vouched.subject };
    let known = payer_accounts::find(&mut ctx, subject).await?;
    let named = acts_for::find(&mut ctx, provider, &numbers).await?;
    let member = match number {
        Ok(number) => find_member(&mut ctx, provider, known.as_ref(), &number).await?,
        // A person who only acts for others has no number, if they had none before.
        Err(MemberIdFault::Missing) if !named.is_empty() => match before(&mut ctx, provider, known.as_ref()).await? {
            None => Ok(None),
            Some(_) => Err(MemberIdFault::Missing),
        },
        Err(fault) => Err(fault),
    };
    let member = match member {
        Ok(member) => member,
        Err(fault) => return unclear(fault),
    };
    let name = match (name(&vouched.claims, member.as_ref()), &known) {
        (Some(name), _) => name,
        // A member who is no longer there keeps the name from before.
        (None, Some(known)) => accounts::get(&mut ctx, known).await?.name,
        (None, None) => PersonName::unknown(),
    };
    let (email, site) = (email(&vouched.claims), Site::new(payers.origin()));
    let patient = member.as_ref().map(|member| &member.patient);
    if let Some(known) = &known {
        // First, so that a member who has left gets the mail at the address used until now.
        let kept = kept(&mut ctx, provider, known, patient, &named).await?;
        grants::end_as_others(&mut ctx, &site, known, &home.partition, &home.payer, &kept).await?;
    }
    let account = payer_accounts::find_or_create(&mut ctx, subject, &name, email.as_ref()).await?;
    if known.is_none() || visitor.has_chosen_language {
        accounts::set_language(&mut ctx, &account, visitor.language).await?;
    }
    let language = accounts::get(&mut ctx, &account).await?.language;
    members::link_by_provider(&mut ctx, &site, &account, &home.partition, &home.payer, patient).await?;
    // After the link, so that what the account is itself needs no representative.
    representation::replace(&mut ctx, &site, &account, &home.partition, &home.payer, &named).await?;
    let session = sessions::sign_in(&mut ctx, visitor.session, &account, visitor.user_agent).await?;
    sessions::set_authenticated(&mut ctx, &session.id, vouched.authenticated_at).await?;
    let event = Event::new(Actor::Account(account.clone()), Action::AccountSignedIn, "account", account.as_str());
    log::record(&mut ctx, &event.within(&home.partition).with("payer", home.payer.as_str())).await?;
    health::succeeded(&mut ctx, &provider.home).await?;
    ctx.commit().await?;
    Ok(Outcome::SignedIn(SignedIn { session, is_member: patient.is_some() || !named.is_empty(), language }))
}

/// Whose data the account may share from now on. What ends because the provider no longer names someone ends by itself, with a
/// mail of its own.
async fn kept(
    ctx: &mut Scoped,
    provider: &Provider,
    account: &AccountId,
    patient: Option<&PatientId>,
    named: &[Named],
) -> Result<BTreeSet<PatientId>, Error> {
    let before = representatives::in_force(ctx, account, &provider.home.partition, &provider.home.payer).await?;
    let represented = before.into_iter().map(|one| one.patient);
    Ok(represented.chain(named.iter().map(|named| named.patient.clone())).chain(patient.cloned()).collect())
}

/// The one number that the claim gives.
fn number(claims: &Map<String, Value>, claim: &str) -> Result<String, MemberIdFault> {
    read_number(claims.get(claim))
}

/// The same of any value.
pub(crate) fn read_number(value: Option<&Value>) -> Result<String, MemberIdFault> {
    let number = match value {
        None | Some(Value::Null) => return Err(MemberIdFault::Missing),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) if number.is_u64() || number.is_i64() => number.to_string(),
        Some(_) => return Err(MemberIdFault::Malformed),
    };
    match () {
        () if number.is_empty() => Err(MemberIdFault::Empty),
        () if LONGEST_NUMBER < number.len() || number.contains(char::is_control) => Err(MemberIdFault::Malformed),
        () => Ok(number),
    }
}

/// The payer's Patient with this number; `None` if the payer has no such member. This means a member who has left only
/// if the data can show it: it knows the person who signed in here before, under another number or as deleted.
async fn find_member(
    ctx: &mut Scoped,
    provider: &Provider,
    account: Option<&AccountId>,
    number: &str,
) -> Result<Result<Option<Member>, MemberIdFault>, Error> {
    let (home, system) = (&provider.home, &provider.member_id.system);
    match patients::find_by_identifier(ctx, &home.payer, system, number).await? {
        Found::One(patient) => return Ok(Ok(patients::find(ctx, &patient).await?)),
        Found::Several => return Ok(Err(MemberIdFault::Several)),
        Found::Nobody => {}
    }
    let Some(before) = before(ctx, provider, account).await? else { return Ok(Ok(None)) };
    Ok(match patients::standing(ctx, &before, system, number).await? {
        Standing::SpelledOtherwise => Err(MemberIdFault::Spelling),
        Standing::NotLoaded => Err(MemberIdFault::NoData),
        Standing::Gone | Standing::OtherNumber => Ok(None),
    })
}

/// Which member the account was at the last sign-in.
async fn before(
    ctx: &mut Scoped,
    provider: &Provider,
    account: Option<&AccountId>,
) -> Result<Option<PatientId>, Error> {
    let Some(account) = account else { return Ok(None) };
    let home = &provider.home;
    Ok(members::find_link(ctx, account, &home.partition, &home.payer).await?.map(|link| link.patient))
}

/// What to greet with: what the provider calls them, else the payer's data. A name that ours could not be is none. Never the
/// payer's: mail greets with it, and must not say which payer someone is a member of.
fn name(claims: &Map<String, Value>, member: Option<&Member>) -> Option<PersonName> {
    let text = |claim: &str| claims.get(claim).and_then(Value::as_str).unwrap_or_default();
    let whole = format!("{} {}", text("given_name"), text("family_name"));
    let loaded = member.map_or("", |member| member.name.as_str());
    [text("name"), &whole, loaded].into_iter().find_map(|name| name.parse().ok())
}

/// Where to write to: only an address that the provider has confirmed (OpenID Connect Core §5.1).
fn email(claims: &Map<String, Value>) -> Option<Email> {
    let is_verified = claims.get("email_verified") == Some(&Value::Bool(true));
    claims.get("email")?.as_str()?.parse().ok().filter(|_| is_verified)
}
