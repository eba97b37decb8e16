//! Every endpoint of every authorization server × who may not use it.

use axum::http::Method;
use model::partition::Environment;
use store::testing::{postgres, sqlite};

use super::{
    super::{calm::Answers, routes::routes},
    Guard, guard,
    vendors::{release, suspend, suspend_vendor},
};
use crate::oauth::site::{App, Reply, Site, encoded, request};

/// A caller, the app in whose name it calls, and its credential.
struct Caller<'a> {
    name: &'static str,
    app: &'a App,
    secret: &'a str,
}

const WITH_CLIENT: [&str; 4] = ["/oauth/token", "/oauth/introspect", "/oauth/revoke", "/oauth/par"];

/// Servers of these programs and environments; CA serves both at one address.
const SERVERS: [(&str, &str, Environment); 3] = [
    ("/authz/oph/ca", "oph-ca", Environment::Sandbox),
    ("/authz/idaho/sandbox", "idaho", Environment::Sandbox),
    ("/authz/idaho", "idaho", Environment::Production),
];

async fn app(site: &Site, program: &str, environment: Environment) -> App {
    match environment {
        Environment::Sandbox => site.app(program).await,
        Environment::Production => site.production_app(program).await,
    }
}

async fn call(site: &Site, path: &str, caller: &Caller<'_>) -> Reply {
    let mut form = vec![("grant_type", "client_credentials"), ("token", "x")];
    form.extend(request(caller.app, "public/Location.read").into_iter().filter(|(name, _)| *name != "client_id"));
    form.extend([("client_id", caller.app.id.as_str()), ("client_secret", caller.secret)]);
    form.retain(|(_, value)| !value.is_empty());
    site.post(path, &[], &form).await
}

#[tokio::test]
async fn every_endpoint_is_in_the_matrix() {
    let site = Site::new().await;
    for route in routes(&site).into_iter().filter(|route| guard(&route.path) == Some(Guard::App)) {
        let known =
            WITH_CLIENT.iter().chain(&["/oauth/authorize", "/oauth/userinfo"]).any(|end| route.path.ends_with(end));
        assert!(known && SERVERS.iter().any(|(authz, ..)| route.path.starts_with(authz)), "{}", route.path);
    }
}

#[tokio::test]
async fn a_client_that_does_not_prove_to_be_one_of_this_server_is_refused_everywhere() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let mut answers = Answers::default();
        for (number, (authz, program, environment)) in SERVERS.iter().enumerate() {
            let own = app(&site, program, *environment).await;
            let strangers = [(number + 1) % 3, (number + 2) % 3].map(|other| SERVERS[other]);
            let strangers =
                [app(&site, strangers[0].1, strangers[0].2).await, app(&site, strangers[1].1, strangers[1].2).await];
            let unknown = App { id: "unknown".to_owned(), secret: String::new(), partition: own.partition.clone() };
            let anonymous = App { id: String::new(), ..unknown.clone() };
            let callers = [
                Caller { name: "no client", app: &anonymous, secret: "" },
                Caller { name: "a wrong secret", app: &own, secret: "wrong" },
                Caller { name: "no secret", app: &own, secret: "" },
                Caller { name: "an unknown client", app: &unknown, secret: "wrong" },
                Caller { name: "another server's client", app: &strangers[0], secret: &strangers[0].secret },
                Caller { name: "yet another server's client", app: &strangers[1], secret: &strangers[1].secret },
            ];
            for end in WITH_CLIENT {
                let path = format!("{authz}{end}");
                for caller in &callers {
                    let reply = call(&site, &path, caller).await;
                    let refused =
                        (401, "{\"error\":\"invalid_client\",\"error_description\":\"client authentication failed\"}");
                    assert_eq!((reply.status.as_u16(), &*reply.body), refused, "{path} {}", caller.name);
                    assert_eq!(reply.header("cache-control"), "no-store");
                    answers.look(&reply, &path);
                }
            }
        }
        answers.all_calm(3 * 4 * 6);
    }
}

#[tokio::test]
async fn a_suspended_app_or_vendor_gets_nothing_from_any_endpoint() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        for (number, (authz, program, environment)) in SERVERS.iter().enumerate() {
            let (stopped, other) = (app(&site, program, *environment).await, app(&site, program, *environment).await);
            suspend(&site, &stopped).await;
            let last = number + 1 == SERVERS.len();
            if last {
                suspend_vendor(&site, &other).await;
            }
            for app in [Some(&stopped), last.then_some(&other)].into_iter().flatten() {
                for end in WITH_CLIENT {
                    let path = format!("{authz}{end}");
                    let reply = call(&site, &path, &Caller { name: "", app, secret: &app.secret }).await;
                    let told = reply.json();
                    assert_eq!((reply.status.as_u16(), &told["error"]), (400, &"unauthorized_client".into()), "{path}");
                    assert!(told["error_description"].as_str().unwrap().starts_with("app_suspended: "), "{path}");
                }
                let path = format!("{authz}/oauth/authorize?{}", encoded(&request(app, "public/Location.read")));
                let page = site.get(&path).await;
                assert_eq!((page.status.as_u16(), page.header("location")), (403, ""), "{path}");
                assert_eq!(page.header("set-cookie"), "", "it stops before sign-in");
            }
            release(&site, &stopped).await;
        }
    }
}

#[tokio::test]
async fn an_app_asks_only_at_its_own_servers() {
    let site = Site::new().await;
    for (authz, program, environment) in SERVERS {
        let own = app(&site, program, environment).await;
        for (other, ..) in SERVERS {
            let paths =
                routes(&site).into_iter().filter(|route| route.path.starts_with(&format!("{other}/oauth/authorize")));
            for path in paths.map(|route| route.path) {
                let query = encoded(&request(&own, "public/Location.read"));
                let by_query = site.get(&format!("{path}?{query}")).await;
                let by_form = site.post(&path, &[], &request(&own, "public/Location.read")).await;
                for reply in [by_query, by_form] {
                    let expect = if other == authz { 303 } else { 400 };
                    assert_eq!(reply.status.as_u16(), expect, "{program} at {path}");
                    assert!(expect == 303 || reply.header("location").is_empty());
                }
            }
        }
    }
}

#[tokio::test]
async fn userinfo_takes_only_a_token_with_openid_of_this_server() {
    let site = Site::new().await;
    for (number, (authz, program, environment)) in SERVERS.iter().take(2).enumerate() {
        let own = app(&site, program, *environment).await;
        let ann = site.member(&format!("ann-{number}"), &own).await;
        let tokens = site.tokens(authz, &own, &ann, "openid patient/Patient.read").await;
        // For another member: a narrower consent of the same member would also narrow the token above.
        let bob = site.member(&format!("bob-{number}"), &own).await;
        let narrow = site.tokens(authz, &own, &bob, "patient/Patient.read").await;
        let token = |tokens: &serde_json::Value| format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        let ask = async |authz: &str, bearer: &str| {
            let headers = [("authorization", bearer)];
            let headers = if bearer.is_empty() { &headers[..0] } else { &headers };
            site.send(Method::GET, &format!("{authz}/oauth/userinfo"), headers, "").await.status.as_u16()
        };
        assert_eq!(ask(authz, &token(&tokens)).await, 200);
        assert_eq!(ask(authz, "").await, 401);
        assert_eq!(ask(authz, &token(&narrow)).await, 403);
        for (other, ..) in SERVERS.iter().filter(|(other, ..)| other != authz) {
            assert_eq!(ask(other, &token(&tokens)).await, 401, "{other}");
        }
        suspend(&site, &own).await;
        assert_eq!(ask(authz, &token(&tokens)).await, 401);
        release(&site, &own).await;
    }
}
