//! Callers over a real network connection.

use std::net::SocketAddr;

use store::sql;
use tokio::net::{TcpListener, TcpSocket};

use crate::oauth::site::{MAIN, Site, encoded};

#[tokio::test]
async fn guesses_are_counted_by_the_address_that_they_come_from() {
    let site = Site::new().await;
    let server = serve(&site).await;

    let form = encoded(&[("login", "no-one-at-all"), ("password", "wrong")]);
    let answer = send_from("127.0.0.2:0", server, "POST /api/sign-in", &form).await;

    assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
    let mut ctx = site.state.services.store.read().await.unwrap();
    let counted: Vec<(String,)> = sql("SELECT bucket FROM attempt").fetch_all(&mut ctx.tx).await.unwrap();
    assert!(counted.iter().any(|(bucket,)| bucket.contains("127.0.0.2")), "{counted:?}");
}

#[tokio::test]
async fn a_network_that_calls_too_often_is_told_in_the_form_it_reads() {
    let site = Site::limited(1, 0).await;
    let server = serve(&site).await;
    for (from, request, expect) in [
        ("127.0.0.2:0", "GET /fhirpublic/oph/ca/R4/Practitioner", "\"code\":\"throttled\""),
        ("127.0.0.3:0", "POST /authz/oph/ca/oauth/token", "\"error\":\"temporarily_unavailable\""),
        ("127.0.0.4:0", "GET /signin", "<h1>Too many attempts</h1>"),
        ("127.0.0.5:0", "GET /authz/oph/ca/oauth/authorize", "<h1>Too many attempts</h1>"),
        ("127.0.0.6:0", "GET /livez", "rate_limited: more than 1 calls a minute"),
    ] {
        let first = send_from(from, server, request, "").await;
        assert!(!first.starts_with("HTTP/1.1 429 "), "{request}: {first}");
        assert!(first.contains("ratelimit-remaining: 0\r\n"), "{first}");
        let second = send_from(from, server, request, "").await;
        assert!(second.starts_with("HTTP/1.1 429 "), "{request}: {second}");
        assert!(second.contains("retry-after: 60\r\n") && second.contains(expect), "{second}");
        assert!(second.contains("content-security-policy: "), "{second}");
    }
}

/// Serves the site on a free port until the test ends.
pub async fn serve(site: &Site) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    site.serve(listener);
    address
}

/// Sends a request from this local address; returns the complete answer.
pub async fn send_from(from: &str, to: SocketAddr, request: &str, form: &str) -> String {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(from.parse().unwrap()).unwrap();
    let connection = socket.connect(to).await.unwrap();
    let request = format!(
        "{request} HTTP/1.1\r\nhost: {MAIN}\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n\
         x-forwarded-for: 192.0.2.99\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    );
    connection.writable().await.unwrap();
    assert_eq!(connection.try_write(request.as_bytes()).unwrap(), request.len());
    let (mut answer, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        connection.readable().await.unwrap();
        match connection.try_read(&mut chunk) {
            Ok(0) => return String::from_utf8(answer).unwrap(),
            Ok(length) => answer.extend_from_slice(&chunk[..length]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(error) => panic!("{error}"),
        }
    }
}
