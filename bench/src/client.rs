//! A minimal HTTP/1.1 client for generating load: the less it costs, the more of the computer is left for the server.

use std::{
    io::{Error, ErrorKind, Result},
    net::SocketAddr,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The bytes of a GET.
pub fn get(path: &str) -> Vec<u8> {
    get_with(path, "")
}

/// The bytes of a GET with an access token.
pub fn get_as(path: &str, token: &str) -> Vec<u8> {
    get_with(path, &format!("authorization: Bearer {token}\r\n"))
}

/// The bytes of a GET; `headers` are whole lines.
pub fn get_with(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/fhir+json\r\n{headers}\r\n").into_bytes()
}

/// The bytes of a POST of an encoded form; `headers` are whole lines.
pub fn post(path: &str, headers: &str, form: &str) -> Vec<u8> {
    let length = form.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {length}\r\n{headers}\r\n{form}"
    )
    .into_bytes()
}

/// A persistent connection; one request at a time.
pub struct Connection {
    stream: TcpStream,
    /// The answer, and the length of its head.
    answer: Vec<u8>,
    head: usize,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, answer: Vec::with_capacity(64 * 1024), head: 0 })
    }

    /// Sends the request and reads the whole answer; returns its status.
    pub async fn send(&mut self, request: &[u8]) -> Result<u16> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        let head = loop {
            self.read().await?;
            if let Some(head) = Head::parse(&self.answer)? {
                break head;
            }
        };
        self.head = head.size;
        while self.answer.len() < head.size + head.length {
            self.read().await?;
        }
        Ok(head.status)
    }

    /// The body of the last answer.
    pub fn body(&self) -> &[u8] {
        &self.answer[self.head..]
    }

    async fn read(&mut self) -> Result<()> {
        match self.stream.read_buf(&mut self.answer).await? {
            0 => Err(Error::new(ErrorKind::UnexpectedEof, "the server closed the connection")),
            _ => Ok(()),
        }
    }
}

/// What precedes a body.
#[derive(Debug, PartialEq)]
struct Head {
    size: usize,
    status: u16,
    /// The length of the body; every measured answer states it.
    length: usize,
}

/// More headers than any answer has.
const MOST_HEADERS: usize = 32;

impl Head {
    /// `None` until the head is complete.
    fn parse(bytes: &[u8]) -> Result<Option<Self>> {
        let wrong = || Error::new(ErrorKind::InvalidData, "the answer is not HTTP/1.1 with a content-length");
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut answer = httparse::Response::new(&mut headers);
        let httparse::Status::Complete(size) = answer.parse(bytes).map_err(|_| wrong())? else { return Ok(None) };
        let length = answer.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
        let length = length.and_then(|header| str::from_utf8(header.value).ok()?.parse().ok());
        let (status, length) = answer.code.zip(length).ok_or_else(wrong)?;
        Ok(Some(Self { size, status, length }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_gives_status_and_length() {
        let answer = b"HTTP/1.1 200 OK\r\nETag: W/\"1\"\r\nContent-Length: 12\r\n\r\nbody";
        let expect = Head { size: answer.len() - 4, status: 200, length: 12 };
        assert_eq!(Head::parse(answer).expect("an answer"), Some(expect));
        assert_eq!(Head::parse(&answer[..30]).expect("as far as it goes"), None);
        assert!(Head::parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").is_err());
    }
}
