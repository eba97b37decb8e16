//! The crate `oauth2`, unmodified, as a vendor's server uses it, over a real connection.

use std::{fs, net::SocketAddr, path::Path, sync::Arc};

use axum::http::StatusCode;
use oauth2::{
    AccessToken, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointSet, HttpRequest, HttpResponse,
    IntrospectionUrl, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, RevocationUrl, Scope,
    StandardRevocableToken, TokenIntrospectionResponse as _, TokenResponse as _, TokenUrl,
    basic::{BasicClient, BasicErrorResponseType, BasicTokenType},
};
use programs::Programs;
use reqwest::redirect::Policy;
use serde_json::Value;
use store::testing::{TestStore, postgres, sqlite, temporary_folder};
use tokio::net::TcpListener;

use super::site::{App, CALLBACK, Reply, Site, query};
use crate::fhir::{data, world::load};

const SCOPE: &str = "patient/Patient.read";

type Vendor = BasicClient<EndpointSet, oauth2::EndpointNotSet, EndpointSet, EndpointSet, EndpointSet>;

/// A server with a member's data, at its own address.
struct Place {
    site: Site,
    address: SocketAddr,
}

impl Place {
    async fn on(test: TestStore) -> Self {
        Self::of_programs(test, Arc::new(Programs::embedded().unwrap())).await
    }

    async fn of_programs(test: TestStore, programs: Arc<Programs>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let site = Site::at(test, address, programs).await;
        load(&site, "oph-ca", &data::member("123", "123")).await;
        site.serve(listener);
        Self { site, address }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// As the portal's page of launch URLs describes it.
    fn client(&self, app: &App) -> Vendor {
        let at = |endpoint: &str| self.url(&format!("/authz/oph/ca/oauth/{endpoint}"));
        // The crate revokes over https only.
        let revoke = at("revoke").replace("http://", "https://");
        let launch = self.url("/authz/oph/ca/university-of-california/oauth/authorize");
        let client = BasicClient::new(ClientId::new(app.id.clone()))
            .set_auth_uri(AuthUrl::new(launch).unwrap())
            .set_token_uri(TokenUrl::new(at("token")).unwrap())
            .set_introspection_url(IntrospectionUrl::new(at("introspect")).unwrap())
            .set_revocation_url(RevocationUrl::new(revoke).unwrap())
            .set_redirect_uri(RedirectUrl::new(CALLBACK.to_owned()).unwrap());
        if app.secret.is_empty() { client } else { client.set_client_secret(ClientSecret::new(app.secret.clone())) }
    }

    /// A member allows it in a browser; returns the code and its verifier.
    async fn authorize(&self, app: &App, client: &Vendor) -> (AuthorizationCode, PkceCodeVerifier) {
        let ann = self.site.member_who_is("ann", "123", app).await;
        let (authorized, state, verifier) = self.ask(client, SCOPE).await;
        let answer = self.site.allow(&ann, &authorized, SCOPE).await;
        assert_eq!(&answer["state"], state.secret());
        (AuthorizationCode::new(answer["code"].clone()), verifier)
    }

    /// Our answer to the browser that the crate sends for these scopes.
    async fn ask(&self, client: &Vendor, scope: &str) -> (Reply, CsrfToken, PkceCodeVerifier) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let scopes = scope.split(' ').map(|scope| Scope::new(scope.to_owned()));
        let request = client.authorize_url(CsrfToken::new_random).add_scopes(scopes);
        let (url, state) = request.set_pkce_challenge(challenge).url();
        let response = http().get(url).send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        (Reply { status, headers, body: response.text().await.unwrap() }, state, verifier)
    }

    async fn read(&self, token: &AccessToken) -> reqwest::Response {
        let url = self.url("/fhir/oph/ca/R4/Patient/123");
        http().get(url).bearer_auth(token.secret()).send().await.unwrap()
    }
}

fn http() -> reqwest::Client {
    reqwest::Client::builder().redirect(Policy::none()).build().unwrap()
}

/// Sends the crate's requests; a proxy in front of the server would terminate https.
async fn send(mut request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let uri = request.uri().to_string().replace("https://", "http://");
    *request.uri_mut() = uri.parse().unwrap();
    let response = http().execute(request.try_into()?).await?;
    let (status, headers) = (response.status(), response.headers().clone());
    let mut answer = HttpResponse::new(response.bytes().await?.to_vec());
    (*answer.status_mut(), *answer.headers_mut()) = (status, headers);
    Ok(answer)
}

#[tokio::test]
async fn a_confidential_client_exchanges_reads_refreshes_introspects_and_revokes() {
    for test in [sqlite().await, postgres().await] {
        let place = Place::on(test).await;
        let app = place.site.app("oph-ca").await;
        let client = place.client(&app);
        let (code, verifier) = place.authorize(&app, &client).await;

        let tokens = client.exchange_code(code).set_pkce_verifier(verifier).request_async(&send).await.unwrap();

        assert_eq!(*tokens.token_type(), BasicTokenType::Bearer);
        assert_eq!(tokens.expires_in().map(|lifetime| lifetime.as_secs()), Some(300));
        assert_eq!(tokens.scopes(), Some(&vec![Scope::new(SCOPE.to_owned())]));
        let read = place.read(tokens.access_token()).await;
        assert_eq!(read.status(), StatusCode::OK);
        let patient: Value = serde_json::from_slice(&read.bytes().await.unwrap()).unwrap();
        assert_eq!(patient["id"], "123");

        let refreshed =
            client.exchange_refresh_token(tokens.refresh_token().unwrap()).request_async(&send).await.unwrap();
        let told = client.introspect(refreshed.access_token()).request_async(&send).await.unwrap();
        assert_eq!((told.active(), told.client_id().unwrap().as_str()), (true, app.id.as_str()));
        assert_eq!(told.scopes(), Some(&vec![Scope::new(SCOPE.to_owned())]));

        let refresh_token = StandardRevocableToken::from(tokens.refresh_token().unwrap());
        client.revoke_token(refresh_token).unwrap().request_async(&send).await.unwrap();
        for token in [tokens.access_token(), refreshed.access_token()] {
            assert!(!client.introspect(token).request_async(&send).await.unwrap().active());
            assert_eq!(place.read(token).await.status(), StatusCode::UNAUTHORIZED);
        }
    }
}

#[tokio::test]
async fn a_public_client_needs_its_verifier_and_is_told_so_in_the_errors_of_the_rfc() {
    for test in [sqlite().await, postgres().await] {
        let place = Place::on(test).await;
        let app = place.site.public_app("oph-ca").await;
        let client = place.client(&app);
        let (code, verifier) = place.authorize(&app, &client).await;

        let without = client.exchange_code(code.clone()).request_async(&send).await.unwrap_err();
        let tokens = client.exchange_code(code).set_pkce_verifier(verifier).request_async(&send).await.unwrap();

        let RequestTokenError::ServerResponse(told) = without else { panic!("{without:?}") };
        assert_eq!(*told.error(), BasicErrorResponseType::InvalidGrant);
        assert_eq!(place.read(tokens.access_token()).await.status(), StatusCode::OK);
        let refreshed =
            client.exchange_refresh_token(tokens.refresh_token().unwrap()).request_async(&send).await.unwrap();
        let access_token = StandardRevocableToken::from(refreshed.access_token());
        client.revoke_token(access_token).unwrap().request_async(&send).await.unwrap();
        assert_eq!(place.read(refreshed.access_token()).await.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(place.read(tokens.access_token()).await.status(), StatusCode::OK, "the other token lives on");
    }
}

#[tokio::test]
async fn client_credentials_open_the_directory() {
    let place = Place::on(sqlite().await).await;
    let app = place.site.app("oph-ca").await;
    let client = place.client(&app);
    let scope = Scope::new("public/Location.read".to_owned());

    let tokens = client.exchange_client_credentials().add_scope(scope.clone()).request_async(&send).await.unwrap();

    assert_eq!(tokens.scopes(), Some(&vec![scope]));
    assert!(tokens.refresh_token().is_none());
    assert_eq!(place.read(tokens.access_token()).await.status(), StatusCode::FORBIDDEN);
    let url = place.url("/fhir/oph/ca/R4/Location");
    let search = http().get(url).bearer_auth(tokens.access_token().secret()).send().await.unwrap();
    assert_eq!(search.status(), StatusCode::OK);
}

/// The scopes in the first examples of public kits, and those that we know: npm's `fhirclient`, Python's `fhirclient`,
/// a kit of SMART App Launch 2.
const KITS: [(&str, &str); 3] = [
    ("launch/patient openid fhirUser patient/*.read offline_access", "launch/patient openid fhirUser offline_access"),
    ("user/*.* patient/*.read openid profile launch/patient", "openid profile launch/patient"),
    (
        "launch/patient openid fhirUser patient/*.rs patient/Patient.rs offline_access",
        "launch/patient openid fhirUser patient/Patient.rs offline_access",
    ),
];

/// The built-in programs, which ignore unknown scopes.
fn ignoring() -> Arc<Programs> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../programs");
    let folder = temporary_folder("programs");
    for file in ["idaho.toml", "oph-ca.toml"] {
        let text = fs::read_to_string(source.join(file)).unwrap();
        let said = text.replace("# unknown_scopes = \"refuse\"", "unknown_scopes = \"ignore\"");
        assert_ne!(said, text, "{file} shows the setting as a comment");
        fs::write(folder.join(file), said).unwrap();
    }
    let programs = Programs::from_folder(&folder).unwrap_or_else(|errors| panic!("{errors}"));
    fs::remove_dir_all(folder).unwrap();
    Arc::new(programs)
}

#[tokio::test]
async fn the_requests_of_public_kits_get_past_authorization_where_a_program_leaves_out_what_it_does_not_know() {
    for test in [sqlite().await, postgres().await] {
        let place = Place::of_programs(test, ignoring()).await;
        for (asked, granted) in KITS {
            let app = place.site.public_app("oph-ca").await;
            let client = place.client(&app);
            let name = format!("member-of-{}", app.id);
            let ann = place.site.member_who_is(&name, "123", &app).await;
            let (authorized, state, verifier) = place.ask(&client, asked).await;
            assert_eq!(authorized.status, StatusCode::SEE_OTHER, "{asked}: {}", authorized.body);
            let answer = place.site.allow(&ann, &authorized, granted).await;
            assert_eq!(&answer["state"], state.secret());

            let code = AuthorizationCode::new(answer["code"].clone());
            let tokens = client.exchange_code(code).set_pkce_verifier(verifier).request_async(&send).await.unwrap();

            let told: Vec<&str> = tokens.scopes().unwrap().iter().map(|scope| scope.as_str()).collect();
            assert_eq!(told.join(" "), granted, "{asked}");
            let expect = if granted.contains("Patient") { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(place.read(tokens.access_token()).await.status(), expect, "{asked}");
        }
    }
}

#[tokio::test]
async fn elsewhere_each_refused_scope_is_named_with_what_is_known() {
    let place = Place::on(sqlite().await).await;
    let app = place.site.public_app("oph-ca").await;
    let client = place.client(&app);
    let program = place.site.state.services.programs.get(&app.partition.program).unwrap().clone();
    for (asked, granted) in KITS {
        let (refused, state, _) = place.ask(&client, asked).await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER, "{asked}: {}", refused.body);
        let answer = query(refused.header("location"));
        assert_eq!((answer["error"].as_str(), &answer["state"]), ("invalid_scope", state.secret()));
        let (named, known) = answer["error_description"].split_once(": not known here; known are: ").unwrap();
        let granted: Vec<&str> = granted.split(' ').collect();
        let unknown: Vec<String> =
            asked.split(' ').filter(|scope| !granted.contains(scope)).map(|scope| format!("`{scope}`")).collect();
        assert_eq!(named, unknown.join(", "), "{asked}");
        let offered: Vec<&str> = program.scopes.iter().map(|scope| scope.name.as_str()).collect();
        assert_eq!(known, offered.join(" "), "{asked}");
    }
}
