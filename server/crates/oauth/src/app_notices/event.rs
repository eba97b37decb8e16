//! The claims of a notice. Event types are those of OpenID's registries, so that receivers need no code of their own for us.

use jiff::{SignedDuration, Timestamp};
use model::{
    id::{AccountId, ClientId, GrantId},
    partition::Partition,
};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{About, Kind, Notice};
use crate::grants::EndedBy;

/// OAuth Event Types 1.0 §2.3: every token of the grant stopped working.
pub const ENDED: &str = "https://schemas.openid.net/secevent/oauth/event-type/tokens-revoked";
/// CAEP 1.0 §3.2: what tokens allow, or until when, has changed.
pub const CHANGED: &str = "https://schemas.openid.net/secevent/caep/event-type/token-claims-change";
/// Shared Signals Framework 1.0 §8.1.4: tests that events arrive.
pub const TEST: &str = "https://schemas.openid.net/secevent/ssf/event-type/verification";

/// RFC 8417 §2.2. Times are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claims {
    iss: String,
    jti: String,
    iat: i64,
    aud: String,
    /// RFC 9493 §3.2.5: the id of the grant; in a test, of the client.
    sub_id: Value,
    events: Map<String, Value>,
}

impl Claims {
    /// The same for each attempt, so that the receiver knows a repetition by its `jti` (RFC 8935 §2).
    pub fn of(notice: &Notice, issuer: &str) -> Self {
        let about = notice.about.as_ref();
        let subject = about.map_or(notice.client.as_str(), |about| about.grant.as_str());
        let (name, event) = match (notice.kind, about) {
            (Kind::Ended, Some(about)) => (ENDED, ended(notice, about, issuer)),
            (Kind::Changed, Some(about)) => (CHANGED, changed(notice, about, issuer)),
            _ => (TEST, json!({ "state": notice.id })),
        };
        Self {
            iss: issuer.to_owned(),
            jti: notice.id.clone(),
            iat: notice.created_at.as_second(),
            aud: notice.client.as_str().to_owned(),
            sub_id: json!({ "format": "opaque", "id": subject }),
            events: Map::from_iter([(name.to_owned(), event)]),
        }
    }
}

/// A notice about an end, for documentation.
pub fn example(partition: &Partition, issuer: &str) -> Claims {
    let at = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 57);
    let about = About {
        grant: GrantId::new("GRANT_ID"),
        account: AccountId::new("ACCOUNT_ID"),
        by: EndedBy::Member,
        scope: String::new(),
        expires_at: at,
    };
    let notice = Notice {
        id: "NOTICE_ID".to_owned(),
        client: ClientId::new("CLIENT_ID"),
        partition: partition.clone(),
        kind: Kind::Ended,
        about: Some(about),
        created_at: at,
        attempts: 1,
        url: None,
    };
    Claims::of(&notice, issuer)
}

fn ended(notice: &Notice, about: &About, issuer: &str) -> Value {
    json!({
        "subject": account(about, issuer),
        "reason": about.by.as_str(),
        "initiating_entity": initiator(about.by),
        "event_timestamp": notice.created_at.as_second(),
    })
}

fn changed(notice: &Notice, about: &About, issuer: &str) -> Value {
    json!({
        "subject": account(about, issuer),
        "claims": { "scope": about.scope, "grant_expires_at": about.expires_at.as_second() },
        "initiating_entity": initiator(about.by),
        "event_timestamp": notice.created_at.as_second(),
    })
}

/// `iss` and `sub` as the app knows them from its tokens.
fn account(about: &About, issuer: &str) -> Value {
    json!({ "format": "iss_sub", "iss": issuer, "sub": about.account.as_str() })
}

/// CAEP 1.0 §2.
fn initiator(by: EndedBy) -> &'static str {
    match by {
        EndedBy::Member => "user",
        EndedBy::Administrator | EndedBy::Payer | EndedBy::Representation | EndedBy::Vendor => "admin",
        EndedBy::Time => "policy",
        EndedBy::App | EndedBy::Superseded | EndedBy::Unknown => "system",
    }
}
