//! The floor of issuing a token: one ES256 signature and one row with an index.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use aws_lc_rs::{
    rand::{self, SystemRandom},
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{Pool, json};
use crate::error::{Error, Result};

const TABLE: [&str; 2] = [
    "CREATE TABLE IF NOT EXISTS bench_token (id TEXT NOT NULL PRIMARY KEY, client TEXT NOT NULL, scope TEXT NOT NULL, \
     expires_at BIGINT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS bench_token_expiry ON bench_token (expires_at)",
];
const INSERT: &str =
    "INSERT INTO bench_token (id, client, scope, expires_at) VALUES ($1, 'bench', 'public/Practitioner.read', $2)";

pub struct Signer {
    pool: Pool,
    key: EcdsaKeyPair,
}

impl Signer {
    pub async fn open(url: &str) -> Result<Self> {
        let pool = Pool::open_writing(url).await?;
        for statement in TABLE {
            match &pool {
                Pool::Sqlite(pool) => {
                    sqlx::query(statement).execute(pool).await?;
                }
                Pool::Postgres(pool) => {
                    sqlx::query(statement).execute(pool).await?;
                }
            }
        }
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING);
        Ok(Self { pool, key: key.map_err(|_| Error::Answer("could not create a key".to_owned()))? })
    }

    async fn issue(&self) -> Option<String> {
        let mut id = [0; 16];
        rand::fill(&mut id).ok()?;
        let (id, now) = (URL_SAFE_NO_PAD.encode(id), SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs());
        let expires_at = i64::try_from(now).ok()? + 300;
        match &self.pool {
            Pool::Sqlite(pool) => {
                sqlx::query(INSERT).bind(&id).bind(expires_at).execute(pool).await.ok()?;
            }
            Pool::Postgres(pool) => {
                sqlx::query(INSERT).bind(&id).bind(expires_at).execute(pool).await.ok()?;
            }
        }
        let header = URL_SAFE_NO_PAD.encode(r#"{"typ":"at+jwt","alg":"ES256","kid":"bench"}"#);
        let claims = URL_SAFE_NO_PAD.encode(format!(
            r#"{{"iss":"http://127.0.0.1","aud":"http://127.0.0.1","sub":"bench","client_id":"bench","iat":{now},"exp":{expires_at},"jti":"{id}","scope":"public/Practitioner.read"}}"#
        ));
        let message = format!("{header}.{claims}");
        let signature = self.key.sign(&SystemRandom::new(), message.as_bytes()).ok()?;
        Some(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

pub async fn sign(State(signer): State<Arc<Signer>>) -> Response {
    match signer.issue().await {
        Some(token) => json(format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":300}}"#)),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
