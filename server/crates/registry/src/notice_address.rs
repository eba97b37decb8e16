//! Where an app wants to hear that members changed or ended its access. The team sets the address at once, without a review: what
//! goes there names no person and contains no health data.

use jiff::Timestamp;
use mail::messages::application::{notices_removed, notices_set};
use model::{form::Code, history::Action, https_url::HttpsUrl, id::ApplicationId};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    Registry,
    applications::{self, Application},
    credentials::lock,
    error::{Error, Result},
    history::{self, Change},
    notices::{self, AppFacts, Notice},
    team::Member,
};

/// What is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeAddress {
    /// As it was stored. Today's rules may refuse it.
    pub url: String,
    pub set_at: Timestamp,
}

/// What was typed: an `https` address of a public host without a fragment, which no request would send (RFC 9110 §4.2.5).
pub fn parse(text: &str) -> std::result::Result<HttpsUrl, Code> {
    let url = HttpsUrl::parse(text)?;
    if url.as_str().contains('#') { Err(Code::Fragment) } else { Ok(url) }
}

/// The address of one of the member's apps.
pub async fn of_application(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<Option<NoticeAddress>> {
    applications::get(ctx, member, id).await?;
    Ok(sql("SELECT url, set_at FROM notice_address WHERE application_id = $1")
        .bind(id)
        .fetch_optional(&mut ctx.tx)
        .await?)
}

/// Registers an address in place of the one before, and mails the owners. Notices that still wait go to the new one.
pub async fn set(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    id: &ApplicationId,
    url: &HttpsUrl,
) -> Result<()> {
    let application = lock(ctx, member, id).await?;
    sql("INSERT INTO notice_address (application_id, url, set_by, set_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (application_id) DO UPDATE SET url = excluded.url, set_by = excluded.set_by, set_at = excluded.set_at")
    .bind(id)
    .bind(url.as_str())
    .bind(&member.account)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    announce(ctx, registry, &application, Some(url)).await?;
    history::record(ctx, &application.subject(), &Change::vendor(member, Action::NoticeAddressSet)).await
}

/// Removes the address and what still waits for it, and mails the owners. [`Error::NotFound`] if the app has none.
pub async fn remove(ctx: &mut Ctx, registry: &Registry, member: &Member, id: &ApplicationId) -> Result<()> {
    let application = lock(ctx, member, id).await?;
    let removed = sql("DELETE FROM notice_address WHERE application_id = $1").bind(id).execute(&mut ctx.tx).await?;
    if removed != 1 {
        return Err(Error::NotFound);
    }
    sql("DELETE FROM app_notice WHERE application_id = $1 AND delivered_at IS NULL AND gave_up_at IS NULL")
        .bind(id)
        .execute(&mut ctx.tx)
        .await?;
    announce(ctx, registry, &application, None).await?;
    history::record(ctx, &application.subject(), &Change::vendor(member, Action::NoticeAddressRemoved)).await
}

/// Mails the owners the new address, or that there is none.
async fn announce(
    ctx: &mut Ctx,
    registry: &Registry,
    application: &Application,
    address: Option<&HttpsUrl>,
) -> Result<()> {
    let facts = AppFacts::of(registry, application);
    let notice = Notice { event: "notice-address-changed", id: &ctx.random_id() };
    notices::to_owners(ctx, &application.organization, notice, |reader| match address {
        Some(address) => notices_set(&registry.site, reader, &facts.app(), address),
        None => notices_removed(&registry.site, reader, &facts.app()),
    })
    .await
}

impl FromRow for NoticeAddress {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { url: row.get(0)?, set_at: row.get(1)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_public_https_address_without_a_fragment_is_taken() {
        fn check(text: &str, expect: std::result::Result<&str, Code>) {
            assert_eq!(parse(text).as_ref().map(HttpsUrl::as_str).map_err(|code| *code), expect, "{text}");
        }
        check(" https://acme.example/events?app=1 ", Ok("https://acme.example/events?app=1"));
        check("", Err(Code::Required));
        check("http://acme.example/events", Err(Code::NotHttps));
        check("https://acme.example/events#here", Err(Code::Fragment));
        check("https://user:secret@acme.example/", Err(Code::UserInfo));
        check("https://127.0.0.1/events", Err(Code::NotAPublicHost));
        check("https://localhost/events", Err(Code::NotAPublicHost));
        check("https://169.254.169.254/latest", Err(Code::NotAPublicHost));
        check("https://acme.example/\r\nHost:x", Err(Code::UriCharacter));
    }
}
