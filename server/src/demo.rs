//! `flex demo`: fills a deployment on this machine with people to sign in as and data to look at. Their passwords are
//! public, so it refuses to run where others could reach them.

use app::services::is_loopback;
use fhir::synthesize::region::Region;
use identity::{
    Identity,
    accounts::{self, NewAccount},
    roles,
};
use model::{
    account::Role,
    id::AccountId,
    organization_form::{DemographicsForm, OrganizationForm},
    phone::{Phone, PhoneKind},
};
use programs::{
    Programs,
    program::Program,
    resource::{Access, Interaction, Resource},
    surface::SurfaceKind,
};
use registry::{
    organizations,
    reviews::{self, Decision},
    subject::Subject,
};

use crate::{Failure, output::say, settings::Settings, state::AppState};

mod data;

/// A person to sign in as.
struct Person {
    healthcare_id: &'static str,
    name: &'static str,
    /// What this account demonstrates.
    purpose: &'static str,
}

const PASSWORD: &str = "tall-orchid-river-42";

const ADMINISTRATOR: Person =
    Person { healthcare_id: "demo-admin", name: "Ada Moreno", purpose: "administrator, reviews registrations" };
const REVIEWER: Person =
    Person { healthcare_id: "demo-reviewer", name: "Ravi Chandra", purpose: "reviewer, who only decides" };
const VENDOR: Person =
    Person { healthcare_id: "demo-vendor", name: "Vera Lindqvist", purpose: "vendor with an approved organization" };
const NEW_VENDOR: Person =
    Person { healthcare_id: "demo-newvendor", name: "Noor Haddad", purpose: "vendor who has registered nothing yet" };
const MEMBERS: [Person; 2] = [
    Person { healthcare_id: "demo-member", name: "Mia Castellanos", purpose: "member; chooses a synthetic patient" },
    Person { healthcare_id: "demo-member2", name: "Miles Okafor", purpose: "another member" },
];

impl Person {
    fn email(&self) -> String {
        format!("{}@example.com", self.healthcare_id)
    }
}

/// Creates what is missing, then prints where to look. The second time it only prints.
pub async fn run(settings: Settings) -> Result<(), Failure> {
    refuse_elsewhere(&settings)?;
    let state = AppState::open(settings).await?;
    let administrator = person(&state.services.identity, &ADMINISTRATOR).await?;
    let reviewer = person(&state.services.identity, &REVIEWER).await?;
    give_role(&state, &administrator, Role::Administrator).await?;
    give_role(&state, &reviewer, Role::Reviewer).await?;
    let vendor = person(&state.services.identity, &VENDOR).await?;
    approved_organization(&state, &vendor, &reviewer).await?;
    for other in [&NEW_VENDOR].into_iter().chain(&MEMBERS) {
        person(&state.services.identity, other).await?;
    }
    data::load(&state).await?;
    state.services.store.db.close().await;
    say(&state.settings, &state.services.programs);
    Ok(())
}

/// Passwords that everyone can read belong on a machine that no one else can reach. `public_url` says what others
/// reach: behind a proxy, `listen` is a loopback address too.
fn refuse_elsewhere(settings: &Settings) -> Result<(), Failure> {
    let wrong = if !is_loopback(&settings.public_url) {
        format!("`public_url` (FLEX_PUBLIC_URL) is {}, where others can reach them", settings.public_url)
    } else if !settings.listen.ip().to_canonical().is_loopback() {
        format!("`listen` (FLEX_LISTEN) is {}, where others can reach them", settings.listen)
    } else {
        return Ok(());
    };
    Err(Failure::Usage(format!(
        "demonstration accounts have public passwords, and {wrong}. Nothing was changed. To see the demonstration on this \
         machine, use a separate data folder: FLEX_DATA=demo FLEX_LISTEN=127.0.0.1:3000 \
         FLEX_PUBLIC_URL=http://127.0.0.1:3000 flex demo. For this deployment create an administrator with `flex admin create`, \
         and fill the sandbox with `flex synthesize`"
    )))
}

async fn person(identity: &Identity, person: &Person) -> Result<AccountId, Failure> {
    let found = accounts::find_by_login(&mut identity.store.read().await?, person.healthcare_id).await?;
    if let Some(account) = found {
        return Ok(account.id);
    }
    let wrong = |_| Failure::Usage(format!("the demonstration account {} is not valid", person.healthcare_id));
    let new = NewAccount {
        name: person.name.parse().map_err(|error| wrong(format!("{error:?}")))?,
        email: person.email().parse().map_err(|error| wrong(format!("{error:?}")))?,
        healthcare_id: person.healthcare_id.parse().map_err(|error| wrong(format!("{error:?}")))?,
        password: PASSWORD.parse().map_err(|error| wrong(format!("{error:?}")))?,
    };
    Ok(accounts::create_verified(identity, &new).await?)
}

async fn give_role(state: &AppState, account: &AccountId, role: Role) -> Result<(), Failure> {
    let mut ctx = state.services.store.write().await?;
    if !roles::of(&mut ctx, account).await?.contains(&role) {
        roles::grant(&mut ctx, &audit::event::Actor::Operator, account, role).await?;
    }
    Ok(ctx.commit().await?)
}

async fn approved_organization(state: &AppState, owner: &AccountId, reviewer: &AccountId) -> Result<(), Failure> {
    let registry = &state.services.registry;
    let mut ctx = state.services.store.write().await?;
    if organizations::for_account(&mut ctx, owner).await?.is_some() {
        return Ok(());
    }
    let invalid = |errors| Failure::Usage(format!("the demonstration organization is not valid: {errors:?}"));
    let draft = organization(&state.services.programs).parse().map_err(invalid)?;
    let organization = organizations::register(&mut ctx, registry, owner, &draft).await?;
    let rounds = reviews::of_subject(&mut ctx, &Subject::Organization(organization.id)).await?;
    for review in rounds.iter().take(1) {
        let approve = Decision::Approve { comment: None };
        reviews::decide(&mut ctx, registry, reviewer, &review.id, review.version, &approve).await?;
    }
    // A vendor whom reviewers have answered has already given a phone number.
    let number = Phone::from_digits(PhoneKind::Us, "5105550123");
    let number =
        number.map_err(|error| Failure::Usage(format!("the demonstration's number is not valid: {error:?}")))?;
    accounts::set_contact_number(&mut ctx, owner, &number).await?;
    Ok(ctx.commit().await?)
}

/// In the first city of the first program's region.
fn organization(programs: &Programs) -> OrganizationForm {
    let text = str::to_owned;
    let region = Region::meant(programs.iter().next().map_or("", |program| program.region.as_str()));
    let [city, state, zip] = region.places.first().map_or([""; 3], |place| [place.city, place.state, place.zip]);
    let mut form = OrganizationForm::example();
    form.demographics = DemographicsForm {
        name: text("Lindqvist Health Apps"),
        mailing_line1: text("1400 Main Street"),
        mailing_city: text(city),
        mailing_region: text(state),
        mailing_postal_code: text(zip),
        ..form.demographics
    };
    form.attestation.privacy_url = text("https://lindqvist.example.com/privacy");
    form
}

/// The first text that a newcomer reads: whom to sign in as, and where to go.
fn say(settings: &Settings, programs: &Programs) {
    let origin = settings.public_url.as_str().trim_end_matches('/');
    let mut people = vec![&ADMINISTRATOR, &REVIEWER, &VENDOR, &NEW_VENDOR];
    people.extend(&MEMBERS);
    say!("\nDemonstration accounts (password of each: {PASSWORD})");
    for person in people {
        say!("  {:<16} {}", person.healthcare_id, person.purpose);
    }
    say!(
        "The administrator and the reviewer set up two-step sign-in at their first visit: any authenticator app will do,"
    );
    say!("also one in a password manager. `flex admin reset --id demo-admin` takes it away again.");
    say!("\nWhere to look");
    let mut places = vec![(format!("{origin}/"), "the three portals".to_owned())];
    places.extend(programs.iter().filter_map(|program| directory(settings, programs, program)));
    let width = places.iter().map(|(address, _)| address.len()).max().unwrap_or_default();
    for (address, what) in places {
        say!("  {address:<width$}  {what}");
    }
    match &settings.mail.smtp {
        Some(_) => say!("\nMail goes out by the configured SMTP server."),
        None => say!("\nMail is written as .eml files to {}", settings.data.join("mail").display()),
    }
    say!("");
}

/// An example request to the program's directory, and what it shows; `None` where every request needs a token.
fn directory(settings: &Settings, programs: &Programs, program: &Program) -> Option<(String, String)> {
    let surfaces = programs.surfaces(&settings.public_url);
    let public = surfaces.into_iter().find(|surface| {
        surface.program == program.id && surface.kind == SurfaceKind::Public && surface.host.is_none()
    })?;
    let is_open = |resource: &&Resource| {
        resource.access == Access::Directory
            && resource.offers(Interaction::Search)
            && resource.required().next().is_none()
    };
    // Most people look for a person first.
    let open = program.resources.iter().filter(is_open);
    let first = open.min_by_key(|resource| resource.kind != "Practitioner")?;
    Some((
        format!("{}/{}", public.base(), first.kind),
        format!("the provider directory of {}, no token needed", program.name),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_passwords_stay_on_this_machine() {
        fn check(public_url: &str, listen: &str, expect: bool) {
            let mut settings = Settings::load(None).unwrap();
            settings.public_url = public_url.parse().unwrap();
            settings.listen = listen.parse().unwrap();
            let refused = refuse_elsewhere(&settings).err().map(|error| error.to_string());
            assert_eq!(refused.is_none(), expect, "{public_url} {listen}: {refused:?}");
            let how_to_go_on = ["FLEX_PUBLIC_URL=http://127.0.0.1:3000 flex demo", "flex admin create"];
            assert!(refused.is_none_or(|text| how_to_go_on.iter().all(|words| text.contains(words))));
        }
        let here = "127.0.0.1:3000";
        for url in [
            "http://127.0.0.1:3000",
            "http://127.8.9.1",
            "http://[::1]:3000",
            "http://localhost",
            "https://a.localhost.",
        ] {
            check(url, here, true);
        }
        for url in [
            "https://flex.example.org",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
            "http://notlocalhost",
            "http://10.0.0.1:3000",
            "http://0.0.0.0:3000",
            "http://[2001:db8::1]",
        ] {
            check(url, here, false);
            check(url, "[::1]:3000", false);
        }
        check("http://127.0.0.1:3000", "0.0.0.0:3000", false);
        check("http://127.0.0.1:3000", "[::]:3000", false);
        check("http://127.0.0.1:3000", "[::1]:3000", true);
    }
}
