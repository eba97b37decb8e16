//! Requests to payers' providers and code hooks: few, short and to no other address.

use std::{error::Error, future::Future, pin::Pin, time::Duration};

use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use payers::{
    fetch::{Body, Failed, Fetch, Request, Response},
    provider::is_safe,
};
use reqwest::redirect::Policy;

const PATIENCE: Duration = Duration::from_secs(5);
const LARGEST_BODY: usize = 256 * 1024;

/// Sends requests over the network.
pub struct Client(reqwest::Client);

/// For deployments in which no payer has a provider or a hook.
pub struct Unconfigured;

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Response, Failed>> + Send + 'a>>;

impl Client {
    pub fn new() -> reqwest::Result<Self> {
        // A provider's discovery document names every address; none of them may redirect elsewhere.
        reqwest::Client::builder().redirect(Policy::none()).timeout(PATIENCE).build().map(Self)
    }

    async fn ask(&self, request: Request) -> Result<Response, Failed> {
        if !is_safe(&request.url) {
            return Err(Failed("the address is not https".to_owned()));
        }
        let mut asked = match request.body {
            Some(Body::Form(form)) => {
                self.0.post(request.url).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form)
            }
            Some(Body::Signed { json, headers }) => {
                let post = self.0.post(request.url).header(CONTENT_TYPE, "application/json").body(json);
                headers.into_iter().fold(post, |post, (name, value)| post.header(name, value))
            }
            None => self.0.get(request.url),
        };
        asked = asked.header(ACCEPT, "application/json");
        if let Some(authorization) = request.authorization {
            asked = asked.header(AUTHORIZATION, authorization);
        }
        let mut response = asked.send().await.map_err(|error| failed(&error))?;
        let (status, mut body) = (response.status().as_u16(), Vec::new());
        while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
            if LARGEST_BODY < body.len() + chunk.len() {
                return Err(Failed("more than 256 KiB".to_owned()));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response { status, body })
    }
}

impl Fetch for Client {
    fn fetch(&self, request: Request) -> Answer<'_> {
        Box::pin(self.ask(request))
    }
}

impl Fetch for Unconfigured {
    fn fetch(&self, _request: Request) -> Answer<'_> {
        Box::pin(async { Err(Failed("neither provider nor hook is configured".to_owned())) })
    }
}

/// The innermost cause: the outer ones repeat the address.
fn failed(error: &reqwest::Error) -> Failed {
    if error.is_timeout() {
        return Failed("no answer within five seconds".to_owned());
    }
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    Failed(cause.to_string())
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// Starts a server on this machine that answers one request with this text; returns its address.
    async fn server(answer: String) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        });
        format!("http://{address}/")
    }

    async fn ask(address: &str) -> Result<Response, Failed> {
        let request = Request { url: address.parse().unwrap(), body: None, authorization: None };
        Client::new().unwrap().fetch(request).await
    }

    #[tokio::test]
    async fn a_redirect_is_an_answer_and_is_not_followed() {
        let elsewhere = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n";
        let answer = ask(&server(elsewhere.to_owned()).await).await.unwrap();
        assert_eq!(answer.status, 302);
    }

    #[tokio::test]
    async fn a_body_of_256_kib_is_read_and_a_larger_one_refused() {
        let body = |length: usize| format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{}", "a".repeat(length));
        let answer = ask(&server(body(LARGEST_BODY)).await).await.unwrap();
        assert_eq!(answer.body.len(), LARGEST_BODY);
        assert!(ask(&server(body(LARGEST_BODY + 1)).await).await.is_err());
    }

    #[tokio::test]
    async fn nothing_goes_out_unencrypted() {
        let refused = ask("http://login.example.edu/").await.unwrap_err();
        assert_eq!(refused.to_string(), "the address is not https");
    }

    #[tokio::test]
    async fn nobody_there_is_said_in_a_few_words() {
        let refused = ask("http://127.0.0.1:9/").await.unwrap_err();
        assert!(refused.to_string().contains("refused") && !refused.to_string().contains("127.0.0.1"), "{refused}");
    }
}
