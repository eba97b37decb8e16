//! The clients that the deployment registers itself, so that anyone can try a sandbox: two for each program whose file names
//! one, for programs on a newcomer's machine and for our own page. Their organization has no members, so no one edits them in a
//! portal. Administrators see and block them like others.

use mail::site::Site;
use model::{
    address::AddressForm,
    application::{AccessType, Approval, ClientKind, Platform, Standing},
    attestation::{Attestation, Practices},
    https_url::HttpsUrl,
    id::{ClientId, OrganizationId},
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

/// Registers what is missing, corrects what a file has changed, and switches off what no file names any longer. It leaves
/// administrators' blocks alone.
pub async fn register(ctx: &mut Ctx, registry: &Registry) -> Result<()> {
    let offered = || registry.programs.iter().filter_map(|program| Some((program, program.sandbox.try_it.as_ref()?)));
    if offered().next().is_some() {
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
            application(ctx, &registry.site, program, try_it, &client, &redirect_uri).await?;
            others.push(" AND client_id <> ").push_bind(client.as_str().to_owned());
        }
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

/// Its id is that of the client: no other app can have either.
async fn application(
    ctx: &mut Ctx,
    site: &Site,
    program: &Program,
    try_it: &TryIt,
    client: &ClientId,
    redirect_uri: &str,
) -> Result<()> {
    let query =
        sql("INSERT INTO application (id, organization_id, client_id, environment, client_kind, approval, standing,
             version, terms_agreed_at, created_at, updated_at,
             access, name, redirect_uri, description, support_phone, support_email, support_website,
             support_name, platform, platform_name)
         VALUES ($1, $2, $1, $3, $4, $5, $6, 1, $7, $7, $7, $8, $9, $10, $11, '', $12, $13, $14, $15, $9)
         ON CONFLICT (client_id) DO UPDATE SET standing = excluded.standing, name = excluded.name,
             redirect_uri = excluded.redirect_uri, description = excluded.description,
             support_email = excluded.support_email, support_website = excluded.support_website,
             platform_name = excluded.platform_name
         WHERE application.organization_id = excluded.organization_id");
    let query = query.bind(client).bind(ORGANIZATION).bind(Environment::Sandbox);
    let query = query.bind(ClientKind::Public.as_str()).bind(Approval::NotNeeded.as_str());
    let query = query.bind(Standing::Active.as_str()).bind(ctx.now).bind(AccessType::Both.as_str());
    let query = query.bind(try_it.name.as_str()).bind(redirect_uri).bind(try_it.description.as_str());
    let query = query.bind(program.support.email.as_str()).bind(site.page(&format!("/docs/{}", program.id)));
    let query = query.bind(NAME).bind(Platform::Other.as_str());
    query.execute(&mut ctx.tx).await?;
    // A client is registered for its own program alone.
    let others = sql("DELETE FROM application_program WHERE application_id = $1 AND program <> $2");
    others.bind(client).bind(&program.id).execute(&mut ctx.tx).await?;
    let query = sql("INSERT INTO application_program (application_id, program) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    query.bind(client).bind(&program.id).execute(&mut ctx.tx).await?;
    Ok(())
}
