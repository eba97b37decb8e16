//! Changes that need the current password: a new password, a new email address.

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use mail::{messages, outbox};
use model::{
    email::Email,
    id::{AccountId, SessionId},
    password::Password,
};
use store::{Ctx, sql};

use crate::{
    Identity, accounts,
    error::{Error, Result},
    links::{self, Purpose},
    recovery, secret,
    sessions::{self, Started},
    sign_in, sign_up,
};

/// Sets a new password, ends every other session, and renews the token of this one. The caller puts the new token into the
/// cookie.
pub async fn password(
    identity: &Identity,
    id: &AccountId,
    session: &SessionId,
    current: &str,
    new: &Password,
) -> Result<Started> {
    let old_hash = sign_in::check_password(identity, id, current).await?;
    let mut ctx = identity.store.read().await?;
    let account = accounts::get(&mut ctx, id).await?;
    accounts::check_password(new, &account.healthcare_id, &account.email, &account.name)?;
    let salt = ctx.random_bytes();
    drop(ctx);
    let hash = identity.hasher.hash(new, salt).await?;

    let mut ctx = identity.store.write().await?;
    let changed = sql("UPDATE account SET password_hash = $1 WHERE id = $2 AND password_hash = $3")
        .bind(hash)
        .bind(id)
        .bind(old_hash)
        .execute(&mut ctx.tx)
        .await?;
    if changed == 0 {
        return Err(Error::WrongPassword);
    }
    // A link that someone asked for before must neither undo this nor take the address away.
    links::delete_all(&mut ctx, id).await?;
    sessions::sign_out_everywhere(&mut ctx, id, Some(session)).await?;
    let user_agent =
        sessions::list(&mut ctx, id).await?.into_iter().find(|own| own.id == *session).and_then(|own| own.user_agent);
    let renewed = sessions::sign_in(&mut ctx, Some(session), id, user_agent.as_deref()).await?;
    recovery::password_changed(&mut ctx, &identity.site, &account).await?;
    ctx.commit().await?;
    Ok(renewed)
}

/// Sends a link to the new address; the old address stays until the link is opened. The answer does not reveal whether the
/// new address has an account.
pub async fn email(identity: &Identity, id: &AccountId, current_password: &str, new: &Email) -> Result<()> {
    sign_in::check_password(identity, id, current_password).await?;
    let mut ctx = identity.store.write().await?;
    if sign_up::may_mail(&mut ctx, new).await? {
        let language = accounts::get(&mut ctx, id).await?.language;
        let link = links::issue(&mut ctx, id, Purpose::Email, Some(new), None).await?;
        let message = messages::account::confirm_new_email(&identity.site, new, language, &link.token);
        links::mail(&mut ctx, &link, &message).await?;
    }
    Ok(ctx.commit().await?)
}

/// Whether a link still works, for the page with the button.
pub async fn is_link_valid(ctx: &mut Ctx, token: &str) -> Result<bool> {
    Ok(links::find(ctx, Purpose::Email, token).await?.is_some())
}

/// Sets the new address and writes to the old one. [`Error::LinkInvalid`], or [`Error::EmailTaken`] if another account has
/// confirmed the address.
pub async fn confirm_email(ctx: &mut Ctx, site: &mail::site::Site, token: &str) -> Result<AccountId> {
    let link = links::redeem(ctx, Purpose::Email, token).await?;
    let (id, new) = (link.account, link.email.ok_or(Error::LinkInvalid)?);
    let account = accounts::get(ctx, &id).await?;
    sql("UPDATE account SET email = $1, email_folded = $2, email_verified_at = $3 WHERE id = $4")
        .bind(new.as_str())
        .bind(new.folded())
        .bind(ctx.now)
        .bind(&id)
        .execute(&mut ctx.tx)
        .await
        .map_err(accounts::refused)?;
    // A link that we sent to the old mailbox must no longer open the account.
    links::delete_all(ctx, &id).await?;
    if let Some(reader) = account.reader() {
        let message = messages::account::email_changed(site, reader, &new);
        outbox::enqueue(ctx, &format!("email-changed:{}", secret::hash(token)), &message).await?;
    }
    log::record(ctx, &Event::new(Actor::Account(id.clone()), Action::AccountEmailChanged, "account", id.as_str()))
        .await?;
    Ok(id)
}
