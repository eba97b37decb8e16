//! Pushes notices to the addresses that apps registered (RFC 8935): over https to public addresses only, without redirects, in three
//! seconds at most, as keys are fetched.

use std::{error::Error, future::Future, pin::Pin, sync::OnceLock};

use model::https_url::HttpsUrl;
use oauth::app_notices::delivery::{Failure, Push};
use reqwest::{
    Client, StatusCode,
    header::{ACCEPT, CONTENT_TYPE},
};
use url::Url;

use super::{
    client_keys::{client, public_name},
    public_address::NotPublic,
};

/// Creates its client when it is first needed: most deployments never need it.
#[derive(Default)]
pub struct HttpsPush(OnceLock<Option<Client>>);

impl Push for HttpsPush {
    fn push<'a>(
        &'a self,
        url: &'a HttpsUrl,
        token: String,
    ) -> Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>> {
        Box::pin(async move {
            let url = public_name(url.as_str()).ok_or(Failure::NotPublic)?;
            post(self.0.get_or_init(client).as_ref().ok_or(Failure::Other)?, url, token).await
        })
    }
}

/// Does not read the answer's body.
async fn post(client: &Client, url: Url, token: String) -> Result<(), Failure> {
    let request = client.post(url).header(CONTENT_TYPE, "application/secevent+jwt").header(ACCEPT, "application/json");
    match request.body(token).send().await {
        Ok(answer) if answer.status() == StatusCode::ACCEPTED => Ok(()),
        Ok(answer) => Err(Failure::Status(answer.status().as_u16())),
        Err(error) if is_not_public(&error) => Err(Failure::NotPublic),
        Err(_) => Err(Failure::Unreachable),
    }
}

fn is_not_public(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<NotPublic>() {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use std::{
        io::{ErrorKind, Read, Write},
        net::TcpListener,
        thread,
        time::Duration,
    };

    use super::*;
    use crate::oauth::client_keys::careful;

    #[tokio::test]
    async fn an_address_of_this_machine_gets_no_notice_and_no_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let push = HttpsPush::default();
        for host in ["localhost.localdomain", "localhost"] {
            let url = format!("https://{host}:{port}/events");
            let refused = match public_name(&url) {
                Some(url) => post(&client().unwrap(), url, "token".to_owned()).await,
                None => Err(Failure::NotPublic),
            };
            assert!(matches!(refused, Err(Failure::NotPublic | Failure::Unreachable)), "{host}: {refused:?}");
        }
        for host in ["127.0.0.1", "[::1]", "10.0.0.1"] {
            // The type that holds addresses refuses it before anything is called.
            assert!(HttpsUrl::parse(&format!("https://{host}:{port}/")).is_err(), "{host}");
            assert!(public_name(&format!("https://{host}:{port}/")).is_none(), "{host}");
        }
        let named = HttpsUrl::parse("https://nothing.example/").unwrap();
        assert!(push.push(&named, "token".to_owned()).await.is_err());
        listener.set_nonblocking(true).unwrap();
        assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "someone called");
    }

    /// The result with a receiver that gives this answer, and what the receiver got.
    async fn pushed(answer: &'static [u8]) -> (Result<(), Failure>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/events", listener.local_addr().unwrap()).parse().unwrap();
        let receiver = thread::spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            let mut got = [0; 4096];
            let length = connection.read(&mut got).unwrap();
            connection.write_all(answer).unwrap();
            // Until the client has had enough.
            let _ = connection.read_to_end(&mut Vec::new());
            String::from_utf8_lossy(&got[..length]).into_owned()
        });
        // Other tests check the address, and three seconds are long.
        let client = careful().timeout(Duration::from_millis(500)).build().unwrap();
        let result = post(&client, url, "a.signed.token".to_owned()).await;
        // Beside the runtime, which has to close the connection.
        let got = tokio::task::spawn_blocking(move || receiver.join().unwrap()).await.unwrap();
        (result, got)
    }

    #[tokio::test]
    async fn only_202_counts_and_no_redirect_is_followed() {
        let (result, got) = pushed(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n").await;
        assert_eq!(result, Ok(()));
        assert!(got.starts_with("POST /events HTTP/1.1\r\n"), "{got}");
        assert!(got.to_lowercase().contains("content-type: application/secevent+jwt"), "{got}");
        let elsewhere = b"HTTP/1.1 307 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(pushed(elsewhere).await.0, Err(Failure::Status(307)));
        assert_eq!(pushed(b"HTTP/1.1 400 No\r\ncontent-length: 0\r\n\r\n").await.0, Err(Failure::Status(400)));
        assert_eq!(pushed(b"").await.0, Err(Failure::Unreachable), "too slow");
    }
}
