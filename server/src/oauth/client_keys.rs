//! Fetches what apps publish at their `jwks_uri`, an address that a stranger chose: over https from public addresses
//! only, without redirects, 64 KiB in three seconds at most.

use std::{future::Future, pin::Pin, sync::OnceLock, time::Duration};

use model::client_keys::JwksUrl;
use oauth::client_keys::Fetch;
use reqwest::{Client, ClientBuilder, StatusCode, header::ACCEPT, redirect::Policy};
use url::{Host, Url};

use super::public_address::PublicNames;

/// Creates its client when it is first needed: most deployments never need it.
#[derive(Default)]
pub struct HttpsFetch(OnceLock<Option<Client>>);

const LARGEST: usize = 64 * 1024;
/// For the whole fetch, from the name lookup to the last byte.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("the address is not an https URL with a public host name")]
    Address,
    #[error("there is no TLS client on this machine")]
    NoClient,
    #[error("the answer is {0}")]
    Status(StatusCode),
    #[error("the answer is larger than 64 KiB, or not text")]
    Content,
    #[error("the call failed")]
    Call(#[source] reqwest::Error),
}

impl Fetch for HttpsFetch {
    fn fetch<'a>(&'a self, url: &'a JwksUrl) -> Pin<Box<dyn Future<Output = Option<String>> + Send + 'a>> {
        Box::pin(async move {
            let fetched = self.get(url.as_str()).await;
            let log = |error: &Refused| {
                let error = error as &dyn std::error::Error;
                tracing::info!(%url, error, "could not fetch an app's keys");
            };
            fetched.inspect_err(log).ok()
        })
    }
}

impl HttpsFetch {
    async fn get(&self, url: &str) -> Result<String, Refused> {
        let url = public_name(url).ok_or(Refused::Address)?;
        read(self.0.get_or_init(client).as_ref().ok_or(Refused::NoClient)?, url).await
    }
}

async fn read(client: &Client, url: Url) -> Result<String, Refused> {
    let request = client.get(url).header(ACCEPT, "application/jwk-set+json, application/json");
    let mut response = request.send().await.map_err(call)?;
    if response.status() != StatusCode::OK {
        return Err(Refused::Status(response.status()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(call)? {
        if LARGEST < body.len() + chunk.len() {
            return Err(Refused::Content);
        }
        body.extend_from_slice(&chunk);
    }
    String::from_utf8(body).map_err(|_| Refused::Content)
}

/// An https address by name. A numeric address would not be looked up, and so not be checked.
pub(super) fn public_name(url: &str) -> Option<Url> {
    Url::parse(url).ok().filter(|url| url.scheme() == "https" && matches!(url.host(), Some(Host::Domain(_))))
}

/// Calls addresses that vendors chose.
pub(super) fn client() -> Option<Client> {
    let log = |error: &reqwest::Error| tracing::error!(%error, "cannot call apps' addresses");
    careful().https_only(true).dns_resolver(PublicNames).build().inspect_err(log).ok()
}

/// For any address. Without a proxy, which would look up names itself.
pub(super) fn careful() -> ClientBuilder {
    Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .referer(false)
        .timeout(PATIENCE)
        .user_agent("FLEX")
        .pool_max_idle_per_host(0)
}

/// Without the address, which the log line already has.
fn call(error: reqwest::Error) -> Refused {
    Refused::Call(error.without_url())
}

#[cfg(test)]
mod tests {
    use std::{
        error::Error,
        io::{ErrorKind, Read, Write},
        net::TcpListener,
        thread,
    };

    use super::*;
    use crate::oauth::public_address::NotPublic;

    fn was_not_public(refused: &Refused) -> bool {
        let mut cause: Option<&(dyn Error + 'static)> = Some(refused);
        while let Some(error) = cause {
            if error.is::<NotPublic>() {
                return true;
            }
            cause = error.source();
        }
        false
    }

    #[tokio::test]
    async fn an_address_of_this_machine_is_refused_without_a_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let fetch = HttpsFetch::default();

        let by_name = fetch.get(&format!("https://localhost:{port}/jwks")).await.unwrap_err();

        assert!(was_not_public(&by_name), "{by_name:?}");
        for host in ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0x7f000001", "2130706433", "10.0.0.1"] {
            let refused = fetch.get(&format!("https://{host}:{port}/jwks")).await;
            assert!(matches!(refused, Err(Refused::Address)), "{host}");
        }
        let plain = fetch.get(&format!("http://localhost:{port}/jwks")).await;
        assert!(matches!(plain, Err(Refused::Address)));
        listener.set_nonblocking(true).unwrap();
        assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "someone called");
    }

    /// The result with a server that sends this answer and then nothing more.
    async fn fetched(answer: Vec<u8>) -> Result<String, Refused> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/jwks", listener.local_addr().unwrap()).parse().unwrap();
        thread::spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            assert_ne!(connection.read(&mut [0; 4096]).unwrap(), 0, "it asks first");
            let _ = connection.write_all(&answer);
            // Until the client has had enough.
            let _ = connection.read_to_end(&mut Vec::new());
        });
        // Other tests check the address, and three seconds are long.
        read(&careful().timeout(Duration::from_millis(500)).build().unwrap(), url).await
    }

    #[tokio::test]
    async fn redirects_and_huge_and_slow_answers_are_refused() {
        let found = fetched(b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{\"keys\":[]}".to_vec()).await;
        assert_eq!(found.unwrap(), "{\"keys\":[]}");

        let elsewhere = b"HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n";
        let redirected = fetched(elsewhere.to_vec()).await;
        assert!(matches!(redirected, Err(Refused::Status(StatusCode::FOUND))), "{redirected:?}");

        let mut huge = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n".to_vec();
        huge.resize(100_000, b' ');
        assert!(matches!(fetched(huge).await, Err(Refused::Content)));

        for slow in [&b""[..], b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{\"keys\""] {
            let refused = fetched(slow.to_vec()).await;
            assert!(matches!(&refused, Err(Refused::Call(error)) if error.is_timeout()), "{refused:?}");
        }
    }
}
