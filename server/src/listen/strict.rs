//! Checks the heads of requests strictly (RFC 9112), before anything else reads them.
//!
//! When two readers of one head disagree on where it ends, how long its body is, or for which host it is, a proxy in
//! front of us and FLEX see different requests (request smuggling). `hyper` is lenient there: it accepts a bare LF as
//! the end of a line, prefers one of two lengths and does not look at `Host`. So its bytes pass through here. We
//! replace a malformed head with bytes that no reader accepts as a head: `hyper` answers that with 400 and closes the
//! connection.
//!
//! | refused | RFC 9112 |
//! |---|---|
//! | a line that ends in a bare LF, or holds a bare CR or NUL | §2.2 |
//! | a line that begins with a blank (obs-fold), or no field line | §5.2, §5.1 |
//! | a blank before the colon, or any other name that is not a token | §5.1 |
//! | no `Host` in HTTP/1.1, two of them, or an invalid one | §3.2 |
//! | two `Content-Length`, or one that is not a number | §6.3 |
//! | `Content-Length` beside `Transfer-Encoding` | §6.1 |

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// More than `hyper` accepts of a head.
const LONGEST_LINE: usize = 512 * 1024;
/// Invalid in every field value, name and target.
const NEVER_TAKEN: u8 = 0;

/// A connection whose requests are checked as they arrive.
pub struct Strict<C> {
    connection: C,
    reader: Reader,
}

impl<C> Strict<C> {
    pub fn new(connection: C) -> Self {
        Self { connection, reader: Reader::default() }
    }
}

/// What we expect next.
#[derive(Debug, Default, PartialEq, Eq)]
enum Next {
    #[default]
    Line,
    /// This many bytes of a body.
    Body(u64),
    /// A body in chunks. It is the last one: [`super::answer`] closes the connection after it.
    Chunks,
    Nothing,
}

#[derive(Default)]
struct Reader {
    next: Next,
    /// The beginning of a line whose end has not arrived yet.
    line: Vec<u8>,
    head: Head,
}

/// What we know about a head so far.
#[derive(Default)]
struct Head {
    has_begun: bool,
    is_http_11: bool,
    hosts: usize,
    length: Option<u64>,
    is_encoded: bool,
}

/// The head is malformed.
struct Malformed;

impl Reader {
    /// Checks the bytes that arrived, and overwrites what must not be read.
    fn look(&mut self, mut bytes: &mut [u8]) {
        while !bytes.is_empty() {
            let seen = match self.next {
                Next::Chunks => return,
                Next::Nothing => return bytes.fill(NEVER_TAKEN),
                Next::Body(left) => {
                    let here = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
                    let left = left - here as u64;
                    self.next = if left == 0 { Next::Line } else { Next::Body(left) };
                    here
                }
                Next::Line => match bytes.iter().position(|byte| *byte == b'\n') {
                    Some(end) => {
                        if self.end_line(&bytes[..end]).is_err() {
                            self.next = Next::Nothing;
                            return bytes[end..].fill(NEVER_TAKEN);
                        }
                        end + 1
                    }
                    None if LONGEST_LINE < self.line.len() + bytes.len() => {
                        self.next = Next::Nothing;
                        return bytes.fill(NEVER_TAKEN);
                    }
                    None => {
                        self.line.extend_from_slice(bytes);
                        return;
                    }
                },
            };
            bytes = &mut bytes[seen..];
        }
    }

    fn end_line(&mut self, rest: &[u8]) -> Result<(), Malformed> {
        if self.line.is_empty() {
            return self.read(rest);
        }
        let mut line = std::mem::take(&mut self.line);
        line.extend_from_slice(rest);
        self.read(&line)
    }

    /// A complete line, without its LF.
    fn read(&mut self, line: &[u8]) -> Result<(), Malformed> {
        let line = line.strip_suffix(b"\r").ok_or(Malformed)?;
        if line.iter().any(|byte| matches!(byte, b'\r' | 0)) {
            return Err(Malformed);
        }
        match (self.head.has_begun, line.is_empty()) {
            // §2.2: empty lines before a request are ignored.
            (false, true) => Ok(()),
            (false, false) => {
                self.head = Head { has_begun: true, is_http_11: line.ends_with(b" HTTP/1.1"), ..Head::default() };
                Ok(())
            }
            (true, false) => self.head.take(line),
            (true, true) => {
                self.next = std::mem::take(&mut self.head).end()?;
                Ok(())
            }
        }
    }
}

impl Head {
    fn take(&mut self, line: &[u8]) -> Result<(), Malformed> {
        let colon = line.iter().position(|byte| *byte == b':').ok_or(Malformed)?;
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        if name.is_empty() || !name.iter().all(is_token) {
            return Err(Malformed);
        }
        if name.eq_ignore_ascii_case(b"host") {
            self.hosts += 1;
            return if value.iter().all(is_of_host) { Ok(()) } else { Err(Malformed) };
        }
        if name.eq_ignore_ascii_case(b"content-length") {
            let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
            let length = std::str::from_utf8(value).ok().filter(|_| is_number && self.length.is_none());
            self.length = Some(length.and_then(|length| length.parse().ok()).ok_or(Malformed)?);
        }
        self.is_encoded |= name.eq_ignore_ascii_case(b"transfer-encoding");
        Ok(())
    }

    /// What follows the head.
    fn end(self) -> Result<Next, Malformed> {
        if 1 < self.hosts || (self.is_http_11 && self.hosts == 0) {
            return Err(Malformed);
        }
        match (self.is_encoded, self.length) {
            (true, Some(_)) => Err(Malformed),
            (true, None) => Ok(Next::Chunks),
            (false, None | Some(0)) => Ok(Next::Line),
            (false, Some(length)) => Ok(Next::Body(length)),
        }
    }
}

/// RFC 9110 §5.6.2.
fn is_token(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte)
}

/// RFC 3986 §3.2.2, §3.2.3, without user information.
fn is_of_host(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+;=:[]".contains(byte)
}

impl<C: AsyncRead + Unpin> AsyncRead for Strict<C> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        ready!(Pin::new(&mut this.connection).poll_read(context, buffer))?;
        this.reader.look(&mut buffer.filled_mut()[before..]);
        Poll::Ready(Ok(()))
    }
}

impl<C: AsyncWrite + Unpin> AsyncWrite for Strict<C> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().connection).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().connection).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.connection.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().connection).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().connection).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether all of it passes, however it is split.
    fn passes(text: &str) -> bool {
        let whole = looked_at(&[text.as_bytes()]);
        for at in 0..text.len() {
            let (first, second) = text.as_bytes().split_at(at);
            let halves = looked_at(&[first, second]);
            assert_eq!(halves == text.as_bytes(), whole == text.as_bytes(), "{text:?} in two at {at}");
        }
        let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
        assert_eq!(looked_at(&bytes) == text.as_bytes(), whole == text.as_bytes(), "{text:?} byte by byte");
        whole == text.as_bytes()
    }

    fn looked_at(parts: &[&[u8]]) -> Vec<u8> {
        let mut reader = Reader::default();
        let look = |part: &&[u8]| {
            let mut part = part.to_vec();
            reader.look(&mut part);
            part
        };
        parts.iter().flat_map(look).collect()
    }

    #[test]
    fn what_is_to_the_letter_passes() {
        for text in [
            "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n",
            "GET / HTTP/1.1\r\nhOST:[2001:db8::1]:3000\r\naccept: */*\r\nX-Empty:\r\n\r\n",
            "\r\n\r\nGET /?q=%0A HTTP/1.1\r\nHost: a.test:80 \r\n\r\n",
            "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\na\nb : c",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n\n\n\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: a=b; c=\"d:e\"\r\nReferer: http://a/?b=c:d\r\n\r\n",
        ] {
            assert!(passes(text), "{text:?}");
        }
    }

    #[test]
    fn what_two_could_read_differently_does_not() {
        for text in [
            "GET / HTTP/1.1\nHost: a\n\n",
            "GET / HTTP/1.1\r\nHost: a\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\n",
            "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nHOST: b\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost\t: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-One : b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nno field\r\n\r\n",
            "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\tc\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\na",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\naGET / HTTP/1.1\nHost: a\r\n\r\n",
        ] {
            assert!(!passes(text), "{text:?}");
        }
    }

    #[test]
    fn nothing_passes_after_what_was_refused() {
        let after = looked_at(&[b"GET / HTTP/1.1\r\nHost: a\n", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"]);
        assert!(after.ends_with(&[NEVER_TAKEN; 28]) && !after.ends_with(b"\n"), "{after:?}");
    }
}
