//! The most frequent work of the authorization server: issuing, renewing and looking up tokens, and checking them at
//! each call of the FHIR API. The floors sign the same token and insert one row, or read one row by its primary key.

use std::{
    fmt::Write,
    time::{SystemTime, UNIX_EPOCH},
};

use aws_lc_rs::digest::{SHA256, digest};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::Value;

use crate::{
    Run,
    case::{Case, PAGE, ids},
    client::{self, Connection},
    database::Database,
    error::{Error, Result},
    flex::{self, Bases, Server},
    load::Requests,
    loading,
    report::Report,
    servers, sign_in,
};

/// As many as for issuing tokens; the directory's cases use fewer.
const CONNECTIONS: usize = 64;
const CLIENT: &str = "bench-client";
const SECRET: &str = "bench-secret";
const SCOPES: &str = "patient/ExplanationOfBenefit.read patient/Patient.read public/Practitioner.read";
/// Members that are read, and for whom tokens are requested, in turn.
const MOST_MEMBERS: usize = 500;
/// The practitioners that members see.
const PROVIDERS: u32 = 100;

/// Adds what is missing and measures.
pub async fn measure(run: &Run, database: &Database, report: &mut Report) -> Result<()> {
    println!("{}: adding the demonstration, and an app that its members allowed to read", database.kind);
    flex::run(&run.flex, database, &["demo"]).await?;
    let bases = database.members()?;
    report.filled(database.kind, "members", database.synthesize(run, bases, run.members, PROVIDERS).await?);
    let mut patients = database.ids(database.kind(bases, "Patient").await?).await?;
    patients = patients.iter().step_by(patients.len().div_ceil(MOST_MEMBERS)).cloned().collect();
    database.execute(app(&bases.program, &patients)).await?;
    report.note(&format!("{}: {CONNECTIONS} connections in the cases about tokens and members.", database.kind));
    let (flex, floor) = servers(run, database).await?;
    let run = Run { connections: CONNECTIONS, ..run.clone() };
    let bench = Bench { database, bases, patients, flex: &flex, floor: &floor };
    for case in [bench.issuing(), bench.renewing()] {
        report.measured(database.kind, &case, &case.measure(&run).await?);
    }
    let case = bench.introspecting().await?;
    report.measured(database.kind, &case, &case.measure(&run).await?);
    let case = bench.reading().await?;
    report.measured(database.kind, &case, &case.measure(&run).await?);
    let case = bench.searching().await?;
    report.measured(database.kind, &case, &case.measure(&run).await?);
    let case = bench.checking().await?;
    let measured = case.measure(&run).await?;
    report.measured(database.kind, &case, &measured);
    let more = 1e6 / measured.flex.per_second - 1e6 / measured.floor.per_second;
    report.note(&format!("{}: checking a token adds {more:.0} µs to a read.", database.kind));
    let case = bench.reading().await?;
    sign_in::measure(&run, database.kind, &case.flex, report).await?;
    loading::measure(&run, database, &bench.issuing().flex, report).await
}

struct Bench<'a> {
    database: &'a Database,
    bases: &'a Bases,
    /// Each has a grant.
    patients: Vec<String>,
    flex: &'a Server,
    floor: &'a Server,
}

impl Bench<'_> {
    /// Client credentials.
    fn issuing(&self) -> Case {
        let form = "grant_type=client_credentials&scope=public%2FPractitioner.read".to_owned();
        self.signing("token by client credentials", &[form])
    }

    fn renewing(&self) -> Case {
        let forms = (0..self.patients.len())
            .map(|member| format!("grant_type=refresh_token&refresh_token={}", refresh(member)));
        self.signing("token by refresh", &forms.collect::<Vec<_>>())
    }

    /// A request to the token endpoint, and a floor that also signs and inserts.
    fn signing(&self, name: &'static str, forms: &[String]) -> Case {
        let flex = Requests::to(self.flex.address, "token", self.posts("token", forms));
        let floor = Requests::to(self.floor.address, "sign", vec![client::post("/sign", "", "")]);
        Case { name, floor_name: "one ES256 signature, one insert", floor, flex }
    }

    async fn introspecting(&self) -> Result<Case> {
        let tokens = self.tokens().await?;
        let forms: Vec<String> = tokens.iter().map(|token| format!("token={token}")).collect();
        let flex = Requests::to(self.flex.address, "introspect", self.posts("introspect", &forms));
        let rows = tokens.iter().map(|token| Ok(format!("/row/{}", id(token)?))).collect::<Result<_>>()?;
        let floor = Requests::new(self.floor.address, rows);
        Ok(Case { name: "introspection", floor_name: "sqlx by primary key", floor, flex })
    }

    /// A member's own data.
    async fn reading(&self) -> Result<Case> {
        let kind = self.database.kind(self.bases, "Patient").await?;
        let requests = self.tokens().await?.into_iter().zip(&self.patients);
        let requests = requests.map(|(token, id)| client::get_as(&format!("{}/Patient/{id}", self.bases.fhir), &token));
        let flex = Requests::to(self.flex.address, "Patient", requests.collect());
        let floor = self.patients.iter().map(|id| format!("/read/{kind}/{id}"));
        let floor = Requests::new(self.floor.address, floor.collect());
        Ok(Case { name: "member's read, with a token", floor_name: "sqlx by primary key", floor, flex })
    }

    /// A page of a member's claims.
    async fn searching(&self) -> Result<Case> {
        let kind = self.database.kind(self.bases, "ExplanationOfBenefit").await?;
        let path = format!("{}/ExplanationOfBenefit?_count={PAGE}", self.bases.fhir);
        let (mut connection, mut ours, mut theirs) =
            (Connection::open(self.flex.address).await?, Vec::new(), Vec::new());
        for token in self.tokens().await? {
            let request = client::get_as(&path, &token);
            connection.send(&request).await?;
            let bundle = serde_json::from_slice(connection.body()).unwrap_or_default();
            let ids = ids(&bundle);
            if ids.len() == PAGE {
                ours.push(request);
                theirs.push(format!("/bundle/{kind}?{}", ids.join(",")));
            }
        }
        if ours.is_empty() {
            return Err(Error::Answer(format!("no member has {PAGE} claims; request more members")));
        }
        let flex = Requests::to(self.flex.address, "ExplanationOfBenefit", ours);
        let floor = Requests::new(self.floor.address, theirs);
        Ok(Case {
            name: "member's claims, 20 results",
            floor_name: "sqlx, 20 bodies by primary key, joined",
            floor,
            flex,
        })
    }

    /// The same resources with and without a token.
    async fn checking(&self) -> Result<Case> {
        let (bases, kind) = (self.bases, self.database.kind(self.bases, "Practitioner").await?);
        let ids = self.database.ids(kind).await?;
        let requests = self.tokens().await?.into_iter().zip(&ids);
        let requests = requests.map(|(token, id)| client::get_as(&format!("{}/Practitioner/{id}", bases.fhir), &token));
        let flex = Requests::to(self.flex.address, "Practitioner", requests.collect());
        let open = ids.iter().take(self.patients.len()).map(|id| format!("{}/Practitioner/{id}", bases.public));
        let floor = Requests::new(self.flex.address, open.collect());
        Ok(Case { name: "directory read, with a token", floor_name: "FLEX itself, without", floor, flex })
    }

    fn posts(&self, endpoint: &str, forms: &[String]) -> Vec<Vec<u8>> {
        let path = format!("{}/oauth/{endpoint}", self.bases.authz);
        let basic = format!("authorization: Basic {}\r\n", STANDARD.encode(format!("{CLIENT}:{SECRET}")));
        forms.iter().map(|form| client::post(&path, &basic, form)).collect()
    }

    /// A fresh access token for each member, because one lasts only for a few cases.
    async fn tokens(&self) -> Result<Vec<String>> {
        let mut connection = Connection::open(self.flex.address).await?;
        let mut tokens = Vec::new();
        for request in self.renewing().flex.bytes.iter() {
            let status = connection.send(request).await?;
            let answer: Value = serde_json::from_slice(connection.body()).unwrap_or_default();
            let token = answer["access_token"].as_str().ok_or_else(|| Error::Answer(format!("{status}: {answer}")))?;
            tokens.push(token.to_owned());
        }
        Ok(tokens)
    }
}

/// The refresh token of a member's grant.
fn refresh(member: usize) -> String {
    format!("bench-refresh-{member}")
}

/// `jti`
fn id(token: &str) -> Result<String> {
    let claims = token.split('.').nth(1).and_then(|claims| URL_SAFE_NO_PAD.decode(claims).ok());
    let claims: Option<Value> = claims.and_then(|claims| serde_json::from_slice(&claims).ok());
    let id = claims.and_then(|claims| claims["jti"].as_str().map(str::to_owned));
    id.ok_or_else(|| Error::Answer("an access token is not a JWT with a `jti`".to_owned()))
}

/// An app with a secret, and a grant and a refresh token for each member.
fn app(program: &str, patients: &[String]) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let later = now + 24 * 60 * 60 * 1000;
    let hash = |secret: &str| URL_SAFE_NO_PAD.encode(digest(&SHA256, secret.as_bytes()));
    let secret = hash(SECRET);
    let mut text = format!(
        "INSERT INTO application (id, organization_id, client_id, environment, access, client_kind, name, redirect_uri, \
           description, support_phone, support_email, support_website, support_name, platform, platform_name, \
           terms_agreed_at, approval, standing, version, created_at, updated_at) \
         SELECT 'bench', id, '{CLIENT}', 'production', 'both', 'confidential', 'Bench', 'https://bench.example/', '', '', \
           '', '', '', 'server', '', {now}, 'approved', 'active', 1, {now}, {now} FROM organization LIMIT 1;\n\
         INSERT INTO application_program (application_id, program) VALUES ('bench', '{program}');\n\
         INSERT INTO client_secret (id, application_id, hash, created_by, created_at) \
         VALUES ('bench', 'bench', '{secret}', 'bench', {now});\n"
    );
    for (member, patient) in patients.iter().enumerate() {
        let token = hash(&refresh(member));
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "INSERT INTO access_grant (id, program, environment, application_id, client_id, account_id, signed_in_at, \
               payer_id, patient_id, scope, created_at, expires_at) \
             VALUES ('bench-{member}', '{program}', 'production', 'bench', '{CLIENT}', 'bench-{member}', {now}, 'bench', \
               '{patient}', '{SCOPES}', {now}, {later});\n\
             INSERT INTO refresh_token (hash, grant_id, family, scope, created_at) \
             VALUES ('{token}', 'bench-{member}', 'bench-{member}', '{SCOPES}', {now});"
        );
    }
    text
}
