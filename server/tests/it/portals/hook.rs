//! A payer that itself delivers codes to its members: its hook is a real server on this machine.

use std::{
    fs,
    sync::{Arc, Mutex},
};

use aws_lc_rs::hmac::{self, HMAC_SHA256};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use serde_json::{Value, json};
use server::{payers, settings::Settings};
use store::testing::{TestStore, temporary_folder};
use tokio::net::TcpListener;

use super::{
    browser::account,
    inbox::mails,
    linking::{patient, programs},
};
use crate::{
    fhir::world::load,
    oauth::site::{App, Site},
};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// What was posted.
pub struct Posted {
    pub headers: HeaderMap,
    pub body: String,
}

/// The hook's own side.
#[derive(Clone, Default)]
pub struct Hook(Arc<Mutex<Taken>>);

#[derive(Default)]
struct Taken {
    posted: Vec<Posted>,
    /// 204 if none is set.
    answer: Option<StatusCode>,
}

/// A site whose payer has a hook, and members: `jordan` (M-1234), who can be reached in three ways, `phoebe` (M-5678)
/// only by phone, `lettie` (M-9012) only by letter, `mute` (M-3456) in no way. Two accounts may be any of them.
pub struct Cards {
    pub site: Site,
    pub app: App,
    pub hook: Hook,
}

impl Cards {
    pub async fn new(test: TestStore, clause: &str) -> Self {
        Self::with(test, clause, "").await
    }

    /// With more lines for the hook's settings.
    pub async fn with(test: TestStore, clause: &str, more: &str) -> Self {
        let hook = Hook::default();
        let address = hook.serve().await;
        let folder = temporary_folder("hook");
        fs::write(folder.join("secret"), format!("{SECRET}\n")).unwrap();
        let text = format!(
            "[code_hooks.idaho.optum-idaho.production]\nurl = \"{address}\"\nsecret_file = {:?}\n{more}\n",
            folder.join("secret").display().to_string()
        );
        fs::write(folder.join("flex.toml"), text).unwrap();
        let settings = Settings::load(Some(&folder.join("flex.toml"))).unwrap();
        let mut programs = programs(clause);
        let known = payers::known(&settings, &mut programs).unwrap();
        fs::remove_dir_all(folder).unwrap();
        let site = Site::with(test, Arc::new(programs), payers::services(&settings, known).unwrap()).await;
        let app = site.production_app("idaho").await;
        for id in ["vera-lindqvist", "eve-intruder"] {
            account(&site, id).await;
        }
        load(&site, "idaho", &members()).await;
        mails(&site).await;
        Self { site, app, hook }
    }
}

fn members() -> Vec<Value> {
    let phone = json!({ "system": "phone", "value": "+1 (555) 010-0123", "use": "home" });
    let former = json!({ "system": "phone", "value": "555 010 9999", "period": { "end": "2020-05" }, "rank": 1 });
    let email = json!({ "system": "email", "value": "jordan@example.net" });
    let home =
        json!({ "use": "home", "line": ["12 Linden Lane"], "city": "Boise", "state": "ID", "postalCode": "83702" });
    let with_home = |mut patient: Value| {
        patient["address"] = json!([{ "use": "old", "line": ["1 Old Road"], "city": "Nampa" }, home]);
        patient
    };
    vec![
        with_home(patient("jordan", "M-1234", &json!([former, phone, email]))),
        patient("phoebe", "M-5678", &json!([phone])),
        with_home(patient("lettie", "M-9012", &json!([]))),
        patient("mute", "M-3456", &json!([{ "system": "fax", "value": "555 010 0199" }])),
    ]
}

impl Hook {
    async fn serve(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/codes", post(take)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}/codes")
    }

    /// Sets its answer from now on.
    pub fn answers(&self, status: u16) {
        self.0.lock().unwrap().answer = Some(StatusCode::from_u16(status).unwrap());
    }

    /// What was posted since the last call.
    pub fn taken(&self) -> Vec<Posted> {
        std::mem::take(&mut self.0.lock().unwrap().posted)
    }

    /// The only post.
    pub fn one(&self) -> Posted {
        let mut taken = self.taken();
        assert_eq!(taken.len(), 1);
        taken.remove(0)
    }
}

async fn take(
    State(hook): State<Hook>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, [(&'static str, &'static str); 1]) {
    let mut taken = hook.0.lock().unwrap();
    taken.posted.push(Posted { headers, body });
    (taken.answer.unwrap_or(StatusCode::NO_CONTENT), [("location", "/elsewhere")])
}

impl Posted {
    pub fn data(&self) -> Value {
        serde_json::from_str::<Value>(&self.body).unwrap()["data"].take()
    }

    pub fn code(&self) -> String {
        self.data()["code"].as_str().unwrap().to_owned()
    }

    /// Verifies it as a payer does (README): whether it was signed with the secret, and just now.
    pub fn is_genuine(&self, now: Timestamp) -> bool {
        let header = |name: &str| self.headers[name].to_str().unwrap();
        let (id, second) = (header("webhook-id"), header("webhook-timestamp"));
        let key = STANDARD.decode(SECRET.strip_prefix("whsec_").unwrap()).unwrap();
        let tag = STANDARD.decode(header("webhook-signature").strip_prefix("v1,").unwrap()).unwrap();
        let signed = format!("{id}.{second}.{}", self.body);
        let is_fresh = now.as_second().abs_diff(second.parse().unwrap()) < 300;
        is_fresh && hmac::verify(&hmac::Key::new(HMAC_SHA256, &key), signed.as_bytes(), &tag).is_ok()
    }
}
