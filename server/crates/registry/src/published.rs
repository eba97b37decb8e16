//! The clients that the deployment registers itself, so that anyone can try a sandbox: two for each program whose file names
//! one, for programs on a newcomer's machine and for our own page. Their organization has no members, so no one edits them in a
//! portal. Administrators see and block them like others. The server's own probe is one more client of each sandbox.

use mail::site::Site;
use model::{
    address::AddressForm,
    application::{AccessType, Approval, ClientKind, Platform, Standing},
    attestation::{Attestation, Practices},
    https_url::HttpsUrl,
    id::{ApplicationId, ClientId, OrganizationId, PROBE},
    organization::OrganizationStatus,
    partition::Environment,
    stored::Stored,
    tin::TinKind,
};
use programs::{program::Program, text::TryIt};
use store::{Ctx, sql};

use crate::{Registry, column, error::Result};

/// The id of the organization, in every database.
const ORGANIZATION: &str = "documentation";
/// As members read it on the consent page.
const NAME: &str = "FLEX documentation";
/// After the name of its program.
const PROBE_NAME: &str = "sandbox check";
const PROBE_ABOUT: &str = "Signs in to the sandbox every few minutes, to see whether it works.";

/// Registers what is missing, corrects what a file has changed, and switches off what no file names any longer. It leaves
/// administrators' blocks alone.
pub async fn register(ctx: &mut Ctx, registry: &Registry) -> Result<()> {
    let offered = || registry.programs.iter().filter_map(|program| Some((program, program.sandbox.try_it.as_ref()?)));
    let probed = || registry.programs.iter().filter(|program| program.serves(Environment::Sandbox));
    if offered().next().is_some() || probed().next().is_some() {
        organization(ctx, &registry.site).await?;
    }
    let mut others = sql("UPDATE application SET standing = ");
    others.push_bind(Standing::Deactivated.as_str()).push(" WHERE organization_id = ").push_bind(ORGANIZATION);
    for (program, try_it) in offered() {
        let clients = [
            (ClientId::new(try_it.client_id.as_str()), TryIt::REDIRECT_URI.to_owned()),
            (page_client(try_it), page_redirect_uri(&registry.site, program)),
        ];
        for (client, redirect_uri) in clients {
            let id = ApplicationId::new(client.as_str());
            let words = Words { name: try_it.name.clone(), description: try_it.description.clone() };
            application(ctx, &registry.site, program, &Ids { id: &id, client: &client }, words, &redirect_uri).await?;
            others.push(" AND id <> ").push_bind(id.as_str().to_owned());
        }
    }
    for program in probed() {
        let id = probe_application(program);
        // Drawn once: someone who knows it could use up what the client may call, and the probe would fail.
        let client = ClientId::new(format!("{PROBE}{}", ctx.random_id()));
        let words = Words { name: format!("{} {PROBE_NAME}", program.name), description: PROBE_ABOUT.to_owned() };
        let redirect_uri = probe_redirect_uri(&registry.site, program);
        application(ctx, &registry.site, program, &Ids { id: &id, client: &client }, words, &redirect_uri).await?;
        others.push(" AND id <> ").push_bind(id.as_str().to_owned());
    }
    others.execute(&mut ctx.tx).await?;
    Ok(())
}

/// The client of the page on which visitors try a program.
pub fn page_client(try_it: &TryIt) -> ClientId {
    ClientId::new(format!("{}-page", try_it.client_id))
}

/// Where the page's client returns to.
pub fn page_redirect_uri(site: &Site, program: &Program) -> String {
    site.page(&format!("/docs/{}/try-it/callback", program.id))
}

/// The client of the server's own probe of a sandbox; `None` before [`register`].
pub async fn probe_client(ctx: &mut Ctx, program: &Program) -> Result<Option<ClientId>> {
    let query = sql("SELECT client_id FROM application WHERE id = $1 AND organization_id = $2");
    let query = query.bind(&probe_application(program)).bind(ORGANIZATION);
    let found: Option<(ClientId,)> = query.fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(client,)| client))
}

fn probe_application(program: &Program) -> ApplicationId {
    ApplicationId::new(format!("{PROBE}{}", program.id))
}

/// Where it returns to: a page that would not mind.
pub fn probe_redirect_uri(site: &Site, program: &Program) -> String {
    site.page(&format!("/docs/{}/quality", program.id))
}

/// Whether these are the clients of the deployment itself.
pub fn is_ours(organization: &OrganizationId) -> bool {
    organization.as_str() == ORGANIZATION
}

async fn organization(ctx: &mut Ctx, site: &Site) -> Result<()> {
    let nowhere = column::to_json(&AddressForm::default());
    let attestation = Attestation {
        officers_sanctioned: false,
        privacy_url: HttpsUrl::stored(site.page("/privacy")),
        // It receives made-up data only.
        practices: Practices {
            collection: true,
            consent: true,
            disclosure: true,
            member_access: true,
            safeguards: true,
            retention: true,
        },
        explanation: None,
    };
    let query = sql("INSERT INTO organization (id, status, version, terms_agreed_at, created_at, updated_at,
             name, tin_kind, tin, mailing_address, physical_address, attestation)
         VALUES ($1, $2, 1, $3, $3, $3, $4, $5, '', $6, $6, $7)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, attestation = excluded.attestation");
    let query = query.bind(ORGANIZATION).bind(OrganizationStatus::Approved.as_str()).bind(ctx.now).bind(NAME);
    let query = query.bind(TinKind::International.as_str()).bind(nowhere).bind(column::to_json(&attestation));
    query.execute(&mut ctx.tx).await?;
    Ok(())
}

/// No other app can have either. Those that the documentation prints have one text for both.
struct Ids<'a> {
    id: &'a ApplicationId,
    client: &'a ClientId,
}

struct Words {
    name: String,
    description: String,
}

/// A client that is there already keeps its `client_id`.
async fn application(
    ctx: &mut Ctx,
    site: &Site,
    program: &Program,
    Ids { id, client }: &Ids<'_>,
    Words { name, description }: Words,
    redirect_uri: &str,
) -> Result<()> {
    let query =
        sql("INSERT INTO application (id, organization_id, client_id, environment, client_kind, approval, standing,
             version, terms_agreed_at, created_at, updated_at,
             access, name, redirect_uri, description, support_phone, support_email, support_website,
             support_name, platform, platform_name)
         VALUES ($16, $2, $1, $3, $4, $5, $6, 1, $7, $7, $7, $8, $9, $10, $11, '', $12, $13, $14, $15, $9)
         ON CONFLICT (id) DO UPDATE SET standing = excluded.standing, name = excluded.name,
             redirect_uri = excluded.redirect_uri, description = excluded.description,
             support_email = excluded.support_email, support_website = excluded.support_website,
             platform_name = excluded.platform_name
         WHERE application.organization_id = excluded.organization_id");
    let query = query.bind(*client).bind(ORGANIZATION).bind(Environment::Sandbox);
    let query = query.bind(ClientKind::Public.as_str()).bind(Approval::NotNeeded.as_str());
    let query = query.bind(Standing::Active.as_str()).bind(ctx.now).bind(AccessType::Both.as_str());
    let query = query.bind(name).bind(redirect_uri).bind(description);
    let query = query.bind(program.support.email.as_str()).bind(site.page(&format!("/docs/{}", program.id)));
    let query = query.bind(NAME).bind(Platform::Other.as_str()).bind(*id);
    query.execute(&mut ctx.tx).await?;
    // A client is registered for its own program alone.
    let others = sql("DELETE FROM application_program WHERE application_id = $1 AND program <> $2");
    others.bind(*id).bind(&program.id).execute(&mut ctx.tx).await?;
    let query = sql("INSERT INTO application_program (application_id, program) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    query.bind(*id).bind(&program.id).execute(&mut ctx.tx).await?;
    Ok(())
}
