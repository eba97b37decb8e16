//! The member's answer: which scopes, for how long, or no.

use identity::{
    members::{Basis, People},
    representatives,
};
use jiff::Timestamp;
use mail::site::Site;
use model::{
    application::Stopped,
    id::PatientId,
    partition::Partition,
    scope::{Level, Scope, Scopes},
};
use programs::{
    Programs,
    program::{Payer, Program},
    scope::ScopeKind,
    sensitive::Sensitive,
    text::Text,
};
use registry::applications::{self, Disclosure};
use serde::{Deserialize, Serialize};
use store::Ctx;

use crate::{
    answered,
    client::{self, Client},
    codes,
    error::Code,
    grants::{self, Chosen, Grant},
    notices,
    redirect::RedirectTarget,
    requests::{self, Member, Request, Step, Visit},
    scope::offer,
    shown::{self, Part},
    whose,
};

/// Everything the consent page shows.
#[derive(Clone, Debug)]
pub struct ConsentView {
    pub partition: Partition,
    /// The app, its vendor, and what the vendor attested.
    pub client: Client,
    /// Whether a visitor of the documentation answers, and not who is signed in.
    pub by_guest: bool,
    /// What the vendor says about the app, and when we reviewed it.
    pub disclosure: Disclosure,
    pub payer: Payer,
    /// Whose data. Absent if the app asks only for the directory.
    pub patient: Option<PatientId>,
    /// Whether the account is this person, or until when it may act for them.
    pub basis: Basis,
    /// Whether the account may share the data of someone else instead.
    pub may_choose_person: bool,
    /// What the app asks for, in one word.
    pub subject: Subject,
    /// What the member may refuse, in the order in which the app asked. The page has all of it selected that is not sensitive.
    pub scopes: Vec<ScopeChoice>,
    /// What else of the member's data the app sees only if the member selects it. The page has nothing of it selected.
    pub sensitive: Vec<SensitiveChoice>,
    /// What comes along, because refusing it would not help the member (oauth.md D11).
    pub context: Scopes,
    pub stays: Stays,
    /// How many days the access may last, ascending.
    pub days: Vec<u16>,
    /// The one that is selected: what the member chose before, else the program's default.
    pub default_days: u16,
    /// What the app may already do with this person's data, until another choice replaces it.
    pub earlier: Option<Grant>,
    /// What it may do until then, and does not ask for any longer.
    pub dropped: Scopes,
    /// What was chosen before the member changed the language.
    pub draft: Option<Choice>,
    /// For [`Choice::shown`].
    pub shown: String,
    /// Where the answer goes, for the page's `form-action`.
    pub redirect_uri: String,
    pub expires_at: Timestamp,
}

/// What an app asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The member's health data, and perhaps other things.
    Health,
    /// Who the member is, and the public directory.
    IdentityAndDirectory,
    Identity,
    Directory,
    /// Only to stay connected.
    Connection,
}

/// Whether the app stays connected without the member (oauth.md D11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// The member decides with a checkbox.
    Asked,
    /// The app did not ask, and the program gives every app a refresh token.
    Always,
    Never,
}

/// One checkbox.
#[derive(Clone, Debug)]
pub struct ScopeChoice {
    /// As asked for, and as the form posts it: `patient/Coverage.read`.
    pub name: String,
    pub kind: ScopeKind,
    pub title: Text,
    pub description: Text,
    /// Why its box is not selected until the member selects it.
    pub sensitive: Option<Text>,
    /// The member did not allow the app this before.
    pub is_new: bool,
}

/// One checkbox for a category of sensitive data.
#[derive(Clone, Debug)]
pub struct SensitiveChoice {
    /// As the form posts it: `substance-use`.
    pub id: String,
    pub title: Text,
    pub description: Text,
    /// The member allowed this app to see it before.
    pub was_allowed: bool,
}

/// What the form posts: only the choice, and what the page showed. Everything else comes from the request.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Choice {
    /// Names of [`ScopeChoice`]. Others are ignored.
    pub scopes: Vec<String>,
    /// Ids of [`SensitiveChoice`]. Others are ignored.
    #[serde(default)]
    pub sensitive: Vec<String>,
    /// One of [`ConsentView::days`]. Anything else means the program's default.
    pub days: Option<u16>,
    /// [`ConsentView::shown`] of the page that was answered.
    pub shown: String,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A calm page, 404.
    #[error("no such authorization request in this browser")]
    NotFound,
    /// Someone else answered it in this browser.
    #[error("another account or session answered this request")]
    AnothersAnswer,
    /// Something else has to happen first. Go to the page of this step.
    #[error("another step is due")]
    Due(Step),
    /// The page showed something else. Show it again and say what changed.
    #[error("the page was about something else")]
    Changed(Vec<Part>),
    /// The app or its vendor was suspended in the meantime. Show a page that says so.
    #[error("the application may not ask for access")]
    Stopped(Stopped),
    #[error(transparent)]
    Identity(#[from] identity::error::Error),
    #[error(transparent)]
    Registry(#[from] registry::error::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<requests::Error> for Error {
    fn from(error: requests::Error) -> Self {
        match error {
            requests::Error::Store(error) => Self::Store(error),
            requests::Error::Identity(error) => Self::Identity(error),
            requests::Error::NotFound | requests::Error::UnknownPayer | requests::Error::UnknownPerson => {
                Self::NotFound
            }
        }
    }
}

/// What to show on the consent page.
pub async fn view(ctx: &mut Ctx, programs: &Programs, visit: &Visit<'_>) -> Result<ConsentView, Error> {
    let (request, member) = due(ctx, visit).await?;
    let program = programs.get(&request.partition.program).ok_or(Error::NotFound)?;
    let client = active_client(ctx, &request).await?;
    let disclosure = applications::disclosure(ctx, &client.application).await?;
    let disclosure = disclosure.ok_or(Error::Stopped(Stopped::Deleted))?;
    let live = grants::live(ctx, &request, &member.signed_in.account).await?;
    let earlier = live.into_iter().find(|grant| grant.payer == member.payer && grant.patient == member.patient);
    let people = whose::people(ctx, &request, visit).await?.unwrap_or_default();
    let shown = shown::digest(&request, &member);
    let chosen_before = earlier.as_ref().and_then(|grant| grant.days);
    let lifetimes = &program.lifetimes;
    let days = lengths(&lifetimes.grant_days_choices, ctx.now, member.basis.until());
    let default_days = chosen_before.filter(|days| lifetimes.grant_days_choices.contains(days));
    let default_days = default_days.unwrap_or(lifetimes.grant_days);
    let draft: Option<Choice> = request.draft.as_deref().and_then(|draft| serde_json::from_str(draft).ok());
    let is_new = |scope: &Scope| earlier.as_ref().is_some_and(|grant| !grant.scopes.allow(scope));
    let data = earlier.iter().flat_map(|grant| grant.scopes.iter()).filter(|scope| scope.resource().is_some());
    let dropped = data.filter(|scope| !request.scopes.allow(scope)).cloned().collect();
    let boxes = request.scopes.iter().filter(|scope| is_refusable(scope));
    Ok(ConsentView {
        payer: program.payer(&member.payer).cloned().ok_or(Error::Due(Step::Payer))?,
        may_choose_person: may_choose_person(&request, &people),
        basis: member.basis,
        patient: member.patient,
        subject: Subject::of(&request.scopes),
        scopes: boxes.filter_map(|scope| choice(program, scope, is_new(scope))).collect(),
        sensitive: sensitive(program, &request, earlier.as_ref()),
        context: request.scopes.iter().filter(|scope| !is_refusable(scope)).cloned().collect(),
        stays: Stays::of(program, &request),
        // Longer ones end on the same day as the last.
        default_days: days.last().map_or(default_days, |longest| default_days.min(*longest)),
        days,
        earlier,
        dropped,
        disclosure,
        // A draft from another version of the page does not apply to this one.
        draft: draft.filter(|draft| draft.shown == shown),
        shown,
        by_guest: request.guest.is_some(),
        redirect_uri: request.redirect_uri,
        expires_at: request.expires_at,
        partition: request.partition,
        client,
    })
}

/// The member allows. This makes a grant, or puts this choice in place of the earlier one in the grant that exists, and writes a
/// code, its record, and a mail, all in this transaction. Choosing no data at all is a refusal. Two submits make one grant, and
/// the second answer works.
pub async fn allow(
    ctx: &mut Ctx,
    programs: &Programs,
    site: &Site,
    visit: &Visit<'_>,
    choice: &Choice,
) -> Result<RedirectTarget, Error> {
    let again = |request: &Request| {
        let program = programs.get(&request.partition.program)?;
        Some(chosen(program, request, choice))
    };
    let (request, member) = match due(ctx, visit).await {
        Err(Error::NotFound) => return answered::answer_again(ctx, programs, visit, again).await,
        due => due?,
    };
    let program = programs.get(&request.partition.program).ok_or(Error::NotFound)?;
    let client = active_client(ctx, &request).await?;
    let changed = shown::changed(&request, &member, &choice.shown);
    if !changed.is_empty() {
        return Err(Error::Changed(changed));
    }
    // What the app may no longer use is left out.
    let chosen = chosen(program, &request, choice);
    let scopes: Scopes = chosen.scopes.iter().filter(|scope| client.may_use(scope).is_ok()).cloned().collect();
    let is_refusal = is_nothing(&request, &scopes);
    if !is_refusal {
        hold(ctx, &request, &member).await?;
    }
    match requests::close(ctx, &request, request.signed_in(visit).as_ref()).await {
        // Another submit was a moment faster.
        Err(requests::Error::NotFound) => return answered::answer_again(ctx, programs, visit, again).await,
        closed => closed?,
    }
    if is_refusal {
        return Ok(denied(&request));
    }
    let grant = grants::new(ctx, &request, member, Chosen { scopes, ..chosen });
    let grant = grants::keep(ctx, grant).await?;
    answered::note(ctx, &request, &grant).await?;
    let code = codes::issue(ctx, &grant, &request, program.lifetimes.authorization_code).await?;
    notices::allowed(ctx, site, &grant).await?;
    Ok(request.answer(&[("code", &code)]))
}

/// Keeps what lets the account act for the person as it is until the end of the transaction: a grant must not follow an end that
/// comes at the same moment.
async fn hold(ctx: &mut Ctx, request: &Request, member: &Member) -> Result<(), Error> {
    let Some(patient) = member.patient.as_ref().filter(|_| !member.basis.is_own()) else { return Ok(()) };
    let account = &member.signed_in.account;
    let held = representatives::hold(ctx, account, &request.partition, &member.payer, patient).await?;
    if held { Ok(()) } else { Err(Error::Due(Step::Person)) }
}

/// Whether there is someone else, or the account may become a member itself.
fn may_choose_person(request: &Request, people: &People) -> bool {
    let own = usize::from(people.own.is_some() || !request.at_provider);
    !people.represented.is_empty() && 1 < own + people.represented.len()
}

/// The lengths that differ before this end, and the first that reaches it.
fn lengths(choices: &[u16], now: Timestamp, latest: Option<Timestamp>) -> Vec<u16> {
    let shorter =
        choices.iter().filter(|days| latest.is_none_or(|latest| grants::end_after(now, **days) < latest)).count();
    choices.iter().take(shorter + 1).copied().collect()
}

/// The member refuses. What the member allowed the app before stays as it is.
pub async fn deny(ctx: &mut Ctx, visit: &Visit<'_>) -> Result<RedirectTarget, Error> {
    let request = requests::find(ctx, visit).await?;
    requests::close(ctx, &request, request.signed_in(visit).as_ref()).await?;
    Ok(denied(&request))
}

/// The member cannot sign in because the payer's provider does not answer. The app may try again later.
pub async fn give_up(ctx: &mut Ctx, visit: &Visit<'_>) -> Result<RedirectTarget, Error> {
    let request = requests::find(ctx, visit).await?;
    requests::close(ctx, &request, request.signed_in(visit).as_ref()).await?;
    Ok(request.refused(Code::TemporarilyUnavailable, "the health plan's sign-in does not answer"))
}

/// Keeps what was chosen so far, for the page in another language.
pub async fn remember(ctx: &mut Ctx, programs: &Programs, visit: &Visit<'_>, choice: Choice) -> Result<(), Error> {
    let request = requests::find(ctx, visit).await?;
    let program = programs.get(&request.partition.program).ok_or(Error::NotFound)?;
    let Chosen { sensitive, .. } = chosen(program, &request, &choice);
    let sensitive = sensitive.into_iter().collect();
    let asked = |name: &String| request.scopes.iter().any(|scope| scope.to_string() == *name);
    let scopes = choice.scopes.into_iter().filter(asked).collect();
    // The form's text may be anything, so we keep no more of it than a digest has.
    let shown = choice.shown.chars().take(shown::LONGEST).collect();
    // Texts and a number are always JSON.
    let draft = serde_json::to_string(&Choice { scopes, sensitive, shown, ..choice }).unwrap_or_default();
    Ok(requests::keep_draft(ctx, &request, draft).await?)
}

pub(crate) fn denied(request: &Request) -> RedirectTarget {
    request.refused(Code::AccessDenied, "the member did not allow it")
}

/// The request, if it is ready to be answered.
async fn due(ctx: &mut Ctx, visit: &Visit<'_>) -> Result<(Request, Member), Error> {
    let (request, _) = requests::get(ctx, visit).await?;
    let member = requests::member(ctx, &request, visit).await?.map_err(Error::Due)?;
    Ok((request, member))
}

async fn active_client(ctx: &mut Ctx, request: &Request) -> Result<Client, Error> {
    let client = client::find_in_program(ctx, &request.partition.program, &request.client).await?;
    let client = client.ok_or(Error::Stopped(Stopped::Deleted))?;
    client.may_ask_members().map_err(Error::Stopped)?;
    if request.needs_patient() {
        client.live.patient().map_err(Error::Stopped)?;
    }
    Ok(client)
}

/// Which part of the request is allowed: what the member checked, and what comes along.
fn chosen(program: &Program, request: &Request, choice: &Choice) -> Chosen {
    let is_checked = |scope: &Scope| choice.scopes.iter().any(|name| *name == scope.to_string());
    let is_chosen = |scope: &&Scope| !is_refusable(scope) || is_checked(scope);
    let offline = match Stays::of(program, request) {
        Stays::Asked => is_checked(&Scope::OfflineAccess),
        Stays::Always => true,
        Stays::Never => false,
    };
    let offered = sensitive(program, request, None).into_iter().map(|category| category.id);
    let days = choice.days.filter(|days| program.lifetimes.grant_days_choices.contains(days));
    Chosen {
        scopes: request.scopes.iter().filter(is_chosen).cloned().collect(),
        sensitive: offered.filter(|id| choice.sensitive.contains(id)).collect(),
        offline,
        days: days.unwrap_or(program.lifetimes.grant_days),
    }
}

/// Whether it matters to the member to refuse this: data, and whether the app stays connected.
fn is_refusable(scope: &Scope) -> bool {
    scope.resource().is_some() || *scope == Scope::OfflineAccess
}

/// Whether nothing is left of what the app asked for. If it asked for data, whether no data is left.
fn is_nothing(request: &Request, chosen: &Scopes) -> bool {
    let wanted_data = request.scopes.resources().next().is_some();
    chosen.is_empty() || (wanted_data && chosen.resources().next().is_none())
}

impl Subject {
    fn of(scopes: &Scopes) -> Self {
        let data = |level| scopes.resources().any(|scope| scope.level == level);
        let identity = scopes.iter().any(|scope| !is_refusable(scope));
        match (data(Level::Patient), identity, data(Level::Public)) {
            (true, ..) => Self::Health,
            (false, true, true) => Self::IdentityAndDirectory,
            (false, true, false) => Self::Identity,
            (false, false, true) => Self::Directory,
            (false, false, false) => Self::Connection,
        }
    }
}

impl Stays {
    fn of(program: &Program, request: &Request) -> Self {
        match request.scopes.contains(&Scope::OfflineAccess) {
            true => Self::Asked,
            false if program.refresh_without_offline_access => Self::Always,
            false => Self::Never,
        }
    }
}

fn choice(program: &Program, scope: &Scope, is_new: bool) -> Option<ScopeChoice> {
    let offer = offer(program, scope)?;
    Some(ScopeChoice {
        name: scope.to_string(),
        kind: offer.kind(),
        title: offer.title.clone(),
        description: offer.description.clone(),
        sensitive: offer.sensitive.clone(),
        is_new,
    })
}

/// The program's sensitive categories, if the app asks for data of a member's record.
fn sensitive(program: &Program, request: &Request, earlier: Option<&Grant>) -> Vec<SensitiveChoice> {
    if !request.scopes.resources().any(|scope| scope.level == Level::Patient) {
        return Vec::new();
    }
    let choice = |category: &Sensitive| SensitiveChoice {
        id: category.id.clone(),
        title: category.title.clone(),
        description: category.description.clone(),
        was_allowed: earlier.is_some_and(|grant| grant.sensitive.contains(&category.id)),
    };
    program.sensitive.iter().map(choice).collect()
}
