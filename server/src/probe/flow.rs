//! The way of one probe: authorization code with PKCE, as the documentation describes it, and one read.

use app::{endpoints::Method, owner::launch::launch_url, posts};
use identity::probes::Member;
use model::{
    id::{ClientId, PatientId},
    probe::Step,
};
use oauth::pkce::Challenge;
use programs::program::{Payer, Program};
use serde_json::Value;
use url::Url;

use super::{
    Stop,
    browser::{Browser, Reply, encoded},
};

/// What the app asks for besides staying connected.
pub const SCOPE: &str = "patient/Patient.read";
const OFFLINE: &str = "offline_access";

pub struct Flow<'a> {
    pub browser: Browser<'a>,
    pub program: &'a Program,
    pub payer: &'a Payer,
    /// The bases of the authorization server and of the API.
    pub authz: String,
    pub fhir: String,
    pub client: ClientId,
    pub redirect_uri: String,
    pub patient: PatientId,
    pub member: Member,
    /// What the app draws for its request.
    pub state: String,
    pub verifier: String,
}

/// What the app gets for its code.
struct Tokens {
    access_token: String,
    refresh_token: Option<String>,
}

impl Flow<'_> {
    /// Goes all the way, or says where it ends.
    pub async fn run(mut self) -> Result<(), Stop> {
        let consent = self.authorize().await?;
        self.sign_in(&consent).await?;
        self.choose_member(&consent).await?;
        let code = self.allow(&consent).await?;
        let tokens = self.exchange(&code).await?;
        self.read(&tokens).await?;
        self.revoke(&tokens).await
    }

    /// The page of the request that waits for its member.
    async fn authorize(&mut self) -> Result<Url, Stop> {
        const STEP: Step = Step::Authorize;
        let challenge = Challenge::of(&self.verifier).ok_or_else(|| stop(STEP, "the verifier is not one"))?;
        let scopes = self.scopes().join(" ");
        let parameters = [
            ("response_type", "code"),
            ("client_id", self.client.as_str()),
            ("redirect_uri", &self.redirect_uri),
            ("scope", &scopes),
            ("state", &self.state),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ];
        let url = Url::parse_with_params(&launch_url(&self.authz, self.payer), parameters);
        let url = url.map_err(|_| stop(STEP, "the address is not one"))?;
        let page = leads(STEP, self.browser.get(&url).await)?;
        if page.path().starts_with("/consent/") {
            Ok(page)
        } else {
            Err(stop(STEP, "it does not lead to the consent page"))
        }
    }

    /// What the program offers of what the app wants.
    fn scopes(&self) -> Vec<&'static str> {
        [SCOPE, OFFLINE].into_iter().filter(|scope| self.program.scope(scope).is_some()).collect()
    }

    async fn sign_in(&mut self, consent: &Url) -> Result<(), Stop> {
        const STEP: Step = Step::SignIn;
        let page = leads(STEP, self.browser.get(consent).await)?;
        shows(STEP, self.browser.get(&page).await)?;
        let form = [
            ("login", self.member.healthcare_id.as_str()),
            ("password", self.member.password.as_str()),
            ("next", consent.path()),
        ];
        let next = leads(STEP, self.browser.post(&at(STEP, consent, posts::SIGN_IN)?, &form).await)?;
        if next.path() == consent.path() { Ok(()) } else { Err(stop(STEP, "it does not lead back to the request")) }
    }

    async fn choose_member(&mut self, consent: &Url) -> Result<(), Stop> {
        const STEP: Step = Step::Member;
        shows(STEP, self.browser.get(consent).await)?;
        let form = [("handle", handle(consent)), ("patient", self.patient.as_str())];
        let next = leads(STEP, self.browser.post(&at(STEP, consent, posts::CHOOSE_TEST_MEMBER)?, &form).await)?;
        if next.path() == consent.path() { Ok(()) } else { Err(stop(STEP, "it does not lead back to the request")) }
    }

    /// The code that the browser brings to the app.
    async fn allow(&mut self, consent: &Url) -> Result<String, Stop> {
        const STEP: Step = Step::Consent;
        let page = shows(STEP, self.browser.get(consent).await)?;
        let shown = hidden(&page.body, "shown").ok_or_else(|| stop(STEP, "the page has no form to answer"))?;
        let form = [("handle", handle(consent)), ("answer", "allow"), ("shown", &shown)];
        let form: Vec<_> = form.into_iter().chain(self.scopes().into_iter().map(|scope| ("scopes[]", scope))).collect();
        let back = leads(STEP, self.browser.post(&at(STEP, consent, posts::DECIDE)?, &form).await)?;
        let value = |name: &str| back.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        if !back.as_str().starts_with(&format!("{}?", self.redirect_uri)) {
            return Err(stop(STEP, "it does not lead back to the app"));
        }
        if value("state").as_ref() != Some(&self.state) || value("iss").as_ref() != Some(&self.authz) {
            return Err(stop(STEP, "the answer's state or issuer is another"));
        }
        value("code").ok_or_else(|| stop(STEP, "the answer has no code"))
    }

    async fn exchange(&self, code: &str) -> Result<Tokens, Stop> {
        const STEP: Step = Step::Token;
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", self.client.as_str()),
            ("code", code),
            ("redirect_uri", &self.redirect_uri),
            ("code_verifier", &self.verifier),
        ];
        let answer = shows(STEP, self.oauth(STEP, "token", &form).await?)?.json();
        let text = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
        if text("patient").as_deref() != Some(self.patient.as_str()) {
            return Err(stop(STEP, "the answer names another member, or none"));
        }
        let access_token = text("access_token").ok_or_else(|| stop(STEP, "the answer has no token"))?;
        Ok(Tokens { access_token, refresh_token: text("refresh_token") })
    }

    async fn read(&self, tokens: &Tokens) -> Result<(), Stop> {
        const STEP: Step = Step::Read;
        let url = parse(STEP, &format!("{}/Patient/{}", self.fhir, self.patient))?;
        let resource = shows(STEP, self.browser.call(url, Method::Get, Some(&tokens.access_token)).await)?.json();
        let is_theirs = resource["resourceType"] == "Patient" && resource["id"] == self.patient.as_str();
        if is_theirs { Ok(()) } else { Err(stop(STEP, "the answer is not the member's record")) }
    }

    /// Ends what the member allowed, and looks whether it ended.
    async fn revoke(&self, tokens: &Tokens) -> Result<(), Stop> {
        const STEP: Step = Step::Revoke;
        let token = tokens.refresh_token.as_ref().unwrap_or(&tokens.access_token);
        let client = ("client_id", self.client.as_str());
        shows(STEP, self.oauth(STEP, "revoke", &[client, ("token", token)]).await?)?;
        let Some(token) = &tokens.refresh_token else { return Ok(()) };
        let form = [client, ("grant_type", "refresh_token"), ("refresh_token", token)];
        match self.oauth(STEP, "token", &form).await? {
            Some(refused) if refused.json()["error"] == "invalid_grant" => Ok(()),
            Some(_) => Err(stop(STEP, "a revoked token still works")),
            None => Err(no_answer(STEP)),
        }
    }

    async fn oauth(&self, step: Step, endpoint: &str, form: &[(&str, &str)]) -> Result<Option<Reply>, Stop> {
        let url = parse(step, &format!("{}/oauth/{endpoint}", self.authz))?;
        Ok(self.browser.call(url, Method::Post(encoded(form)), None).await)
    }
}

fn stop(step: Step, reason: &str) -> Stop {
    Stop { step, reason: reason.to_owned() }
}

fn no_answer(step: Step) -> Stop {
    stop(step, "no answer")
}

/// The answer, if it is 200.
fn shows(step: Step, reply: Option<Reply>) -> Result<Reply, Stop> {
    let reply = reply.ok_or_else(|| no_answer(step))?;
    if reply.status == 200 { Ok(reply) } else { Err(stop(step, &format!("status {}", reply.status))) }
}

/// Where the answer leads, if it is 303.
fn leads(step: Step, reply: Option<Reply>) -> Result<Url, Stop> {
    let reply = reply.ok_or_else(|| no_answer(step))?;
    match reply.location {
        Some(location) if reply.status == 303 => Ok(location),
        _ => Err(stop(step, &format!("status {}", reply.status))),
    }
}

fn parse(step: Step, url: &str) -> Result<Url, Stop> {
    Url::parse(url).map_err(|_| stop(step, "the address is not one"))
}

/// Where forms of the page are sent.
fn at(step: Step, page: &Url, path: &str) -> Result<Url, Stop> {
    page.join(path).map_err(|_| stop(step, "the address is not one"))
}

fn handle(consent: &Url) -> &str {
    consent.path().rsplit('/').next().unwrap_or_default()
}

/// The value of a hidden field of the page, which has no characters that HTML escapes.
fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_field_is_found_by_its_name() {
        let page = "<input type=\"hidden\" name=\"handle\" value=\"h1\"/><input name=\"shown\" value=\"d2\">";
        assert_eq!(hidden(page, "shown").as_deref(), Some("d2"));
        assert_eq!(hidden(page, "handle").as_deref(), Some("h1"));
        assert_eq!(hidden(page, "answer"), None);
        assert_eq!(hidden("name=\"shown\" value=\"", "shown"), None);
    }

    #[test]
    fn a_stop_says_the_status_and_nothing_of_the_answer() {
        let reply = |status, location: Option<&str>| {
            let location = location.map(|location| location.parse().unwrap());
            Some(Reply { status, location, body: "secret".to_owned() })
        };
        let reason = |stop: Result<(), Stop>| stop.unwrap_err().reason;
        assert_eq!(reason(shows(Step::Read, reply(503, None)).map(|_| ())), "status 503");
        assert_eq!(reason(shows(Step::Read, None).map(|_| ())), "no answer");
        assert_eq!(reason(leads(Step::Read, reply(200, None)).map(|_| ())), "status 200");
        assert_eq!(reason(leads(Step::Read, reply(307, Some("http://a.test/"))).map(|_| ())), "status 307");
        assert!(leads(Step::Read, reply(303, Some("http://a.test/"))).is_ok());
    }
}
