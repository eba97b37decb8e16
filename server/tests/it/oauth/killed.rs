//! `kill -9` while codes are exchanged: every answer that an app received holds, and no code is half used.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, ChildStderr, Command, Stdio},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use futures::future::join_all;
use serde_json::Value;
use store::{
    Clock, SystemClock, sql,
    testing::{TestStore, postgres, sqlite, temporary_folder},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
};

use super::site::{App, MAIN, Person, SEALING, Site, encoded, exchange, request};

const AUTHZ: &str = "/authz/oph/ca";
const SCOPE: &str = "patient/Patient.read";
const KILLS: usize = 50;
/// How many codes are exchanged at once.
const CODES: usize = 6;

#[tokio::test]
async fn fifty_kills_lose_nothing_on_sqlite() {
    kill_fifty_times(sqlite().await).await;
}

#[tokio::test]
async fn fifty_kills_lose_nothing_on_postgresql() {
    kill_fifty_times(postgres().await).await;
}

async fn kill_fifty_times(test: TestStore) {
    let site = Site::on(test).await;
    let app = site.app("oph-ca").await;
    let mut members = Vec::new();
    for number in 0..CODES {
        members.push(site.member(&format!("member-{number}"), &app).await);
    }
    let (mut answered, mut unanswered) = (0, 0);
    let mut left: Vec<(String, Option<Value>)> = Vec::new();
    for kill in 0..KILLS {
        site.test.clock.set(&SystemClock.now().to_string());
        let server = Server::start(&site);
        for (code, told) in std::mem::take(&mut left) {
            check(&site, &server, &app, &code, told.as_ref()).await;
        }
        left = server.killed_after(kill % (CODES + 1), &app, codes(&site, &app, &members).await).await;
        let told = left.iter().filter(|(_, told)| told.is_some()).count();
        (answered, unanswered) = (answered + told, unanswered + CODES - told);
    }
    // Otherwise the kills came too late or too early to show anything.
    assert!(CODES < answered && CODES < unanswered, "{answered} answered, {unanswered} not");
}

/// A fresh code of each member.
async fn codes(site: &Site, app: &App, members: &[Person]) -> Vec<String> {
    let path = format!("{AUTHZ}/university-of-california/oauth/authorize?{}", encoded(&request(app, SCOPE)));
    let mut codes = Vec::new();
    for member in members {
        let mut answer = site.allow(member, &site.get(&path).await, SCOPE).await;
        codes.push(answer.remove("code").unwrap());
    }
    codes
}

/// After the restart, a code is used with both of its tokens or not at all, and what the app received is valid.
async fn check(site: &Site, server: &Server, app: &App, code: &str, told: Option<&Value>) {
    let used = is_used(site, code).await;
    let secret = [("client_id", app.id.as_str()), ("client_secret", app.secret.as_str())];
    let Some(told) = told else {
        let status = server.post("token", &exchange(app, code)).await.0;
        assert_eq!(status, if used { 400 } else { 200 }, "a code for which no one got tokens");
        return;
    };
    assert!(used, "tokens were given for a code that is not used");
    for kind in ["access_token", "refresh_token"] {
        let form = [&secret[..], &[("token", told[kind].as_str().unwrap())]].concat();
        let (status, answer) = server.post("introspect", &form).await;
        assert_eq!((status, &answer["active"]), (200, &Value::Bool(true)), "an acknowledged {kind}");
    }
}

async fn is_used(site: &Site, code: &str) -> bool {
    let mut ctx = site.state.services.store.read().await.unwrap();
    let (redeemed, refresh, access): (Option<i64>, i64, i64) = sql("SELECT c.redeemed_at, \
         (SELECT COUNT(*) FROM refresh_token r WHERE r.family = c.hash), \
         (SELECT COUNT(*) FROM access_token a WHERE a.family = c.hash) FROM authorization_code c WHERE c.hash = $1")
    .bind(digest(code))
    .fetch_one(&mut ctx.tx)
    .await
    .unwrap();
    let tokens = i64::from(redeemed.is_some());
    assert_eq!((refresh, access), (tokens, tokens), "a code that is half used");
    redeemed.is_some()
}

/// The form in which codes are stored.
fn digest(code: &str) -> String {
    use aws_lc_rs::digest::{SHA256, digest};
    URL_SAFE_NO_PAD.encode(digest(&SHA256, code.as_bytes()))
}

/// `flex serve` on the site's database, with its keys.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
    data: PathBuf,
    /// Kept open, so that the server can go on writing.
    _log: BufReader<ChildStderr>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.data);
    }
}

impl Server {
    pub fn start(site: &Site) -> Self {
        let data = temporary_folder("killed");
        fs::write(data.join("sealing.key"), URL_SAFE_NO_PAD.encode(SEALING)).unwrap();
        let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_flex"))
            .arg("serve")
            .env("FLEX_DATA", &data)
            .env("FLEX_DATABASE__URL", site.test.url())
            .env("FLEX_LISTEN", address.to_string())
            .env("FLEX_LOG__FILTER", "server=info")
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("serving") {
            assert_ne!(log.read_line(&mut said).unwrap(), 0, "the server ended: {said}");
        }
        Self { child, address, data, _log: log }
    }

    /// Exchanges the codes at the same time and kills the server after this many answers; returns each code with the
    /// tokens that its app received.
    async fn killed_after(mut self, answers: usize, app: &App, codes: Vec<String>) -> Vec<(String, Option<Value>)> {
        let (address, sent, answered) = (self.address, Semaphore::new(0), Semaphore::new(0));
        let exchanges = codes.iter().map(async |code| {
            let mut connection = send(address, "token", &exchange(app, code)).await;
            sent.add_permits(1);
            let (status, tokens) = read(&mut connection).await?;
            answered.add_permits(1);
            assert_eq!(status, 200, "{tokens}");
            Some(tokens)
        });
        let killed = async {
            let _sent = sent.acquire_many(CODES as u32).await.unwrap();
            let _answered = answered.acquire_many(answers as u32).await.unwrap();
            self.child.kill().unwrap();
        };
        let (told, ()) = tokio::join!(join_all(exchanges), killed);
        codes.into_iter().zip(told).collect()
    }

    async fn post(&self, endpoint: &str, form: &[(&str, &str)]) -> (u16, Value) {
        read(&mut send(self.address, endpoint, form).await).await.unwrap()
    }
}

pub async fn send(address: SocketAddr, endpoint: &str, form: &[(&str, &str)]) -> TcpStream {
    let form = encoded(form);
    let mut connection = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST {AUTHZ}/oauth/{endpoint} HTTP/1.1\r\nhost: {MAIN}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    );
    connection.write_all(request.as_bytes()).await.unwrap();
    connection
}

/// A complete answer, or none.
async fn read(connection: &mut TcpStream) -> Option<(u16, Value)> {
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).ok()?))
}
