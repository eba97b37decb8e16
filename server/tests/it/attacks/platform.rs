//! Platform: headers of every answer, what is not public, odd connections, and a database that goes away.

use std::{future::pending, io, net::SocketAddr, time::Duration};

use axum::{
    body::Body,
    http::{Method, Request},
};
use futures::stream;
use server::listen;
use store::{
    sql,
    testing::{apart, eventually, postgres, racing_postgres, sqlite},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

use super::{
    calm::{Answers, faults},
    input::filled,
    routes::routes,
    world::FORM,
};
use crate::{
    fhir::{data, world::load},
    oauth::site::{App, MAIN, Person, Site, encoded, exchange, request},
    portals::network::serve,
};

const AUTHZ: &str = "/authz/oph/ca";
const SCOPE: &str = "patient/Patient.read";

#[tokio::test]
async fn every_answer_is_protected_and_over_https_for_good() {
    for (site, https) in [(Site::new().await, false), (Site::secure().await, true)] {
        let mut answers = Answers::default();
        for route in routes(&site).into_iter().filter(|route| !route.path.starts_with("/pkg/")) {
            let path = filled(&route.path, "x");
            for method in [Method::GET, Method::POST, Method::DELETE, Method::OPTIONS] {
                let reply = site.send(method.clone(), &path, &[("origin", "https://evil.example")], "").await;
                answers.look(&reply, &format!("{method} {path}"));
                assert_eq!(reply.header("strict-transport-security").contains("max-age=31536000"), https, "{path}");
                assert_eq!(reply.header("access-control-allow-credentials"), "", "{method} {path}");
            }
        }
        answers.all_calm(500);
    }
}

#[tokio::test]
async fn what_operators_need_is_not_on_the_public_address() {
    let site = Site::new().await;
    for path in [
        "/metrics",
        "/debug",
        "/debug/pprof",
        "/status.json",
        "/server-status",
        "/.env",
        "/.git/config",
        "/flex.db",
        "/data/flex.db",
        "/sealing.key",
        "/pkg/../sealing.key",
        "/pkg/%2e%2e/sealing.key",
    ] {
        assert_eq!(site.get(path).await.status.as_u16(), 404, "{path}");
    }
}

/// The server's answer to these bytes; empty if it only closes the connection.
async fn send(server: SocketAddr, bytes: &[u8]) -> String {
    let mut connection = TcpStream::connect(server).await.unwrap();
    // The server may close before it has read everything.
    let _ = connection.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn odd_requests_over_the_network_are_4xx() {
    let site = Site::new().await;
    let server = serve(&site).await;
    let long = "x".repeat(70_000);
    let headers = "x: y\r\n".repeat(200);
    let get = |path: &str, more: &str| format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{more}\r\n");
    let post = |more: &str| {
        format!(
            "POST {AUTHZ}/oauth/token HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n{more}"
        )
    };
    for (what, bytes) in [
        ("two lengths", post("content-length: 3\r\ncontent-length: 5\r\n\r\na=b&c")),
        ("a length that is none", post("content-length: -1\r\n\r\n")),
        ("a length too large for a number", post("content-length: 99999999999999999999\r\n\r\n")),
        ("a body larger than any form", post(&format!("content-length: {}\r\n\r\n{}", long.len() * 4, long.repeat(4)))),
        ("a chunk size that is none", post("transfer-encoding: chunked\r\n\r\nzz\r\n")),
        ("64 KiB of address", get(&format!("/{long}"), "")),
        ("64 KiB of query", get(&format!("/fhirpublic/oph/ca/R4/Practitioner?name={long}"), "")),
        ("200 headers", get("/", &headers)),
        ("a header without name", get("/", ": x\r\n")),
        ("a folded header", get("/", "x: y\r\n z\r\n")),
        ("a null in a header", get("/", "x: \0\r\n")),
        ("a null in the address", get("/\0", "")),
        ("no HTTP", "hello\r\n\r\n".to_owned()),
        ("TLS where there is none", "\u{16}\u{3}\u{1}\0\r\n\r\n".to_owned()),
    ] {
        let answer = send(server, bytes.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 4"), "{what}: {answer:.200}");
    }
    let host = "host: a\r\n";
    let headed = |head: &str| format!("GET /livez HTTP/1.1\r\nconnection: close\r\n{head}\r\n");
    for (what, bytes) in [
        ("two hosts", headed("host: a\r\nhost: b\r\n")),
        ("the same host twice", headed("host: a\r\nHost: a\r\n")),
        ("no host", headed("")),
        ("a host that is none", headed("host: a/b\r\n")),
        ("a blank before the colon", headed("host : a\r\n")),
        ("a blank before another colon", headed(&format!("{host}accept : */*\r\n"))),
        ("a folded line", headed(&format!("{host}x: y\r\n\tz\r\n"))),
        ("a line without CR", headed(&format!("{host}x: y\n"))),
        ("a head without CR", headed(host).replace('\r', "")),
        ("a CR within a line", headed(&format!("{host}x: y\rz\r\n"))),
        ("two lengths", post("content-length: 3\r\ncontent-length: 4\r\n\r\na=b")),
        ("one length twice", post("content-length: 3\r\ncontent-length: 3\r\n\r\na=b")),
        ("a list of lengths", post("content-length: 3, 3\r\n\r\na=b")),
        ("a length and chunks", post("content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n")),
        ("chunks and a length", post("transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n0\r\n\r\n")),
    ] {
        let answer = send(server, bytes.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{what}: {answer:.200}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{what}: {answer}");
    }
    let chunked = post("transfer-encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n").replace("connection: close\r\n", "");
    let answer = send(server, [&chunked, get("/livez", "").as_str()].concat().as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 401 ") && answer.contains("connection: close"), "{answer}");
    assert!(!answer.contains("alive"), "what follows chunks is not looked at: {answer}");
    let both =
        post("content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nhost: a\r\n\r\n");
    let answer = send(server, both.as_bytes()).await;
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "a second request is smuggled in: {answer}");
    assert!(send(server, get("/livez", "").as_bytes()).await.contains("alive"));
}

#[tokio::test]
async fn a_connection_that_does_not_say_what_it_wants_is_closed() {
    let site = Site::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    tokio::spawn(listen::serve(listener, site.state.clone(), Duration::from_millis(50), pending()));
    for begun in ["", "GET / HTTP/1.1\r\nhost: ", "GET /livez HTTP/1.1\r\nhost: a\r\n\r\n"] {
        let answer = send(server, begun.as_bytes()).await;
        assert_eq!(answer.contains("alive"), begun.ends_with("\r\n\r\n"), "{begun:?}: {answer}");
    }
}

#[tokio::test]
async fn what_was_begun_is_answered_before_the_server_stops() {
    let site = Site::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async { stopped.await.unwrap_or_default() };
    let serving = tokio::spawn(listen::serve(listener, site.state.clone(), listen::PATIENCE, stopped));
    let form = "login=no-one-at-all";
    let head = format!(
        "POST /api/forgot-password HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        form.len()
    );
    let mut connection = TcpStream::connect(server).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut begun = [0; 25];
    connection.read_exact(&mut begun).await.unwrap();
    assert_eq!(&begun, b"HTTP/1.1 100 Continue\r\n\r\n", "the server waits for the form");

    stop.send(()).unwrap();
    eventually(async || TcpStream::connect(server).await.is_err()).await;
    connection.write_all(form.as_bytes()).await.unwrap();

    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 303 ") && answer.contains("/account/check-mail"), "{answer}");
    serving.await.unwrap();
}

#[tokio::test]
async fn a_body_that_does_not_come_is_4xx() {
    let site = Site::new().await;
    for (path, expect) in [
        ("/authz/oph/ca/oauth/token", 408),
        ("/authz/oph/ca/oauth/par", 408),
        ("/authz/oph/ca/oauth/authorize", 408),
        ("/fhirpublic/oph/ca/R4/Practitioner/_search", 408),
        ("/api/sign-in", 400),
    ] {
        let cut = stream::iter([Ok("grant_type="), Err(io::Error::from(io::ErrorKind::TimedOut))]);
        let request = Request::post(path).header("host", MAIN).header(FORM.0, FORM.1);
        let reply = site.answer(request.body(Body::from_stream(cut)).unwrap()).await;
        assert_eq!(reply.status.as_u16(), expect, "{path}: {}", reply.body);
        assert_eq!(faults(&reply), Vec::<String>::new(), "{path}");
    }
}

/// A code that has not been exchanged yet.
async fn code(site: &Site, app: &App, person: &Person) -> String {
    let path = format!("{AUTHZ}/university-of-california/oauth/authorize?{}", encoded(&request(app, SCOPE)));
    site.allow(person, &site.get(&path).await, SCOPE).await.remove("code").unwrap()
}

#[tokio::test]
async fn a_database_lost_mid_exchange_leaves_the_code_whole() {
    let site = Site::on(racing_postgres().await).await;
    let app = site.app("oph-ca").await;
    let ann = site.member("ann", &app).await;
    let code = code(&site, &app, &ann).await;
    let form = exchange(&app, &code);
    let path = format!("{AUTHZ}/oauth/token");
    let store = &site.state.services.store;
    // Holding the code's row makes the exchange wait in the middle of its transaction.
    let mut holder = apart(store.write()).await.unwrap();
    sql("UPDATE authorization_code SET expires_at = expires_at").execute(&mut holder.tx).await.unwrap();
    let cut = async {
        let waiting = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let mut killer = apart(store.read()).await.unwrap();
        eventually(async || {
            let killed: Vec<(bool,)> = sql(waiting).fetch_all(&mut killer.tx).await.unwrap();
            !killed.is_empty()
        })
        .await;
    };

    let (lost, ()) = tokio::join!(site.post(&path, &[], &form), cut);

    assert_eq!((lost.status.as_u16(), lost.header("retry-after")), (503, "2"), "{}", lost.body);
    assert_eq!(lost.json()["error"], "temporarily_unavailable");
    assert_eq!(faults(&lost), Vec::<String>::new());
    drop(holder);
    let again = site.post(&path, &[], &form).await;
    assert_eq!(again.status.as_u16(), 200, "the retry works: {}", again.body);
    let bearer = format!("Bearer {}", again.json()["access_token"].as_str().unwrap());
    let read = site.send(Method::GET, "/fhir/oph/ca/R4/Patient", &[("authorization", &bearer)], "").await;
    assert_eq!(read.status.as_u16(), 200, "and its tokens live: {}", read.body);
}

#[tokio::test]
async fn without_a_database_everything_says_so_and_nothing_else() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let app = site.app("oph-ca").await;
        let ann = site.member("ann", &app).await;
        let tokens = site.tokens(AUTHZ, &app, &ann, SCOPE).await;
        let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        load(&site, "oph-ca", &data::directory()).await;
        site.state.services.store.db.close().await;
        let cookie = ("cookie", "flex_session=AAAAAAAAAAAAAAAAAAAAAA");
        let form = FORM;
        let (token, client) = (format!("{AUTHZ}/oauth/token"), encoded(&exchange(&app, "x")));
        let authorize = format!("{AUTHZ}/oauth/authorize?{}", encoded(&request(&app, SCOPE)));
        let (page, json, fhir) = ("<h1>", "\"error\":\"temporarily_unavailable\"", "\"code\":\"transient\"");
        for (method, path, headers, body, expect) in [
            (Method::GET, "/readyz", vec![], "", "the database cannot be written to"),
            (Method::GET, "/account", vec![cookie], "", page),
            (Method::POST, "/api/sign-in", vec![form], "login=ann&password=x", page),
            (Method::POST, &token, vec![form], &client, json),
            (Method::GET, &authorize, vec![], "", page),
            (Method::GET, "/fhir/oph/ca/R4/Patient", vec![("authorization", &*bearer)], "", fhir),
            (Method::GET, "/fhirpublic/oph/ca/R4/Practitioner?name=smith", vec![], "", fhir),
        ] {
            let reply = site.send(method, path, &headers, body).await;
            assert_eq!(reply.status.as_u16(), 503, "{path:.60}: {}", reply.body);
            assert!(reply.body.contains(expect), "{path:.60}: {}", reply.body);
            assert!(reply.header("retry-after").parse::<u32>().is_ok_and(|seconds| 0 < seconds), "{path:.60}");
            assert_eq!((faults(&reply), reply.body.contains("pool")), (Vec::new(), false), "{path:.60}");
        }
        assert_eq!(site.get("/livez").await.status.as_u16(), 200, "it lives, and waits");
    }
}

#[tokio::test]
async fn whoever_cannot_be_written_to_is_not_ready() {
    let site = Site::on(postgres().await).await;
    assert_eq!(site.get("/readyz").await.status.as_u16(), 200);
    let store = &site.state.services.store;
    let mut ctx = store.write().await.unwrap();
    let (name,): (String,) = sql("SELECT current_database()").fetch_one(&mut ctx.tx).await.unwrap();
    let mut standby = sql("ALTER DATABASE ");
    standby.push(&name).push(" SET default_transaction_read_only = on");
    standby.execute(&mut ctx.tx).await.unwrap();
    ctx.commit().await.unwrap();
    let mut ctx = store.read().await.unwrap();
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                  WHERE datname = current_database() AND pid <> pg_backend_pid()";
    sql(others).fetch_all::<(bool,)>(&mut ctx.tx).await.unwrap();
    sql("SET default_transaction_read_only = on").execute(&mut ctx.tx).await.unwrap();
    drop(ctx);

    assert_eq!(site.get("/readyz").await.status.as_u16(), 200, "asked again within a second");
    site.test.clock.advance(jiff::ToSpan::seconds(1));
    let reply = site.get("/readyz").await;
    assert_eq!((reply.status.as_u16(), reply.header("cache-control")), (503, "no-store"), "{}", reply.body);
    assert_eq!(site.get("/fhirpublic/oph/ca/R4/Practitioner").await.status.as_u16(), 200, "reads still work");
    let written = site.send(Method::POST, "/api/sign-in", &[FORM], "login=ann&password=x").await;
    assert_eq!((written.status.as_u16(), written.header("retry-after")), (503, "5"), "{}", written.body);
}

#[tokio::test]
async fn connections_that_do_not_end_are_cut_after_the_grace() {
    let site = Site::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async { stopped.await.unwrap_or_default() };
    let grace = Duration::from_millis(50);
    let serving = tokio::spawn(listen::serve_for(listener, site.state.clone(), listen::PATIENCE, stopped, grace));
    let mut slow = TcpStream::connect(server).await.unwrap();
    let body = "POST /api/sign-in HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\
                content-type: application/x-www-form-urlencoded\r\n\r\n";
    slow.write_all(body.as_bytes()).await.unwrap();
    slow.read_exact(&mut [0; 25]).await.unwrap();
    stop.send(()).unwrap();
    serving.await.unwrap();
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest).await;
    assert!(rest.is_empty(), "{}", String::from_utf8_lossy(&rest));
}
