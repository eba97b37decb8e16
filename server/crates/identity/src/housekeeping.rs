//! Removes what has ended.

use jiff::SignedDuration;
use store::{Ctx, sql};

use crate::{error::Result, guests, representatives};

/// An account whose address was not confirmed gives its Healthcare ID back after so long.
const UNVERIFIED_TTL: SignedDuration = SignedDuration::from_hours(3 * 24);
/// A network is no longer familiar after so long.
const FAMILIAR_TTL: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Deletes up to some thousands each of ended sessions, refused forms, old links, forgotten attempts, guests and accounts that were
/// never confirmed; returns how many rows. Short, so that other writers wait little; call again while it returns more than 0.
pub async fn purge(ctx: &mut Ctx) -> Result<u64> {
    let mut purged = guests::purge(ctx).await?;
    for (statement, before) in [
        ("DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires_at <= $1 LIMIT 2000)", ctx.now),
        (
            "DELETE FROM refused_form WHERE handle IN (SELECT handle FROM refused_form WHERE expires_at <= $1 LIMIT 2000)",
            ctx.now,
        ),
        (
            "DELETE FROM session_flash WHERE session_id IN
             (SELECT session_id FROM session_flash WHERE expires_at <= $1 LIMIT 2000) AND expires_at <= $1",
            ctx.now,
        ),
        (
            "DELETE FROM half_open_session WHERE session_id IN
             (SELECT session_id FROM half_open_session WHERE expires_at <= $1 LIMIT 2000)",
            ctx.now,
        ),
        (
            "DELETE FROM totp_enrolment WHERE session_id IN
             (SELECT session_id FROM totp_enrolment WHERE expires_at <= $1 LIMIT 2000)",
            ctx.now,
        ),
        (
            "DELETE FROM passkey_enrolment WHERE session_id IN
             (SELECT session_id FROM passkey_enrolment WHERE expires_at <= $1 LIMIT 2000)",
            ctx.now,
        ),
        (
            "DELETE FROM passkey_challenge WHERE session_id IN
             (SELECT session_id FROM passkey_challenge WHERE expires_at <= $1 LIMIT 2000)",
            ctx.now,
        ),
        (
            "DELETE FROM account_link WHERE token_hash IN (SELECT token_hash FROM account_link WHERE expires_at <= $1 LIMIT 2000)",
            ctx.now,
        ),
        ("DELETE FROM member_code WHERE expires_at <= $1", ctx.now),
        ("DELETE FROM member_card WHERE expires_at <= $1", ctx.now),
        (
            "DELETE FROM member_representative WHERE confirmed_at IS NULL AND created_at <= $1",
            ctx.now - representatives::PROPOSAL_TTL,
        ),
        (
            "DELETE FROM attempt WHERE bucket IN (SELECT bucket FROM attempt WHERE forgotten_at <= $1 AND next_at <= $1 LIMIT 2000)",
            ctx.now,
        ),
        (
            "DELETE FROM familiar_address WHERE account_id IN
             (SELECT account_id FROM familiar_address WHERE seen_at <= $1 LIMIT 2000) AND seen_at <= $1",
            ctx.now - FAMILIAR_TTL,
        ),
        (
            "DELETE FROM account WHERE id IN
             (SELECT id FROM account WHERE email_verified_at IS NULL AND created_at <= $1 LIMIT 500)",
            ctx.now - UNVERIFIED_TTL,
        ),
    ] {
        purged += sql(statement).bind(before).execute(&mut ctx.tx).await?;
    }
    Ok(purged)
}
