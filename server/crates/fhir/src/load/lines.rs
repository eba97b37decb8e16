//! The lines of NDJSON. No line is too long for memory, and a read error ends one line or one file, not the load.

use std::io::{self, BufRead};

use super::{Item, Origin, Reject};

/// The longest line.
const MOST_BYTES: usize = 64 << 20;

/// Lines that are not blank, each with its number.
pub struct Lines {
    reader: Box<dyn BufRead + Send>,
    origin: Origin,
    next: u64,
    most: usize,
}

enum Line {
    Whole,
    TooLong,
    End,
}

impl Lines {
    pub fn new(reader: Box<dyn BufRead + Send>, origin: Origin) -> Self {
        Self { reader, origin, next: 1, most: MOST_BYTES }
    }

    /// Reads a line. If it is too long, none of it is kept.
    fn read(&mut self, line: &mut Vec<u8>) -> io::Result<Line> {
        let (mut is_too_long, mut any) = (false, false);
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                return Ok(match any {
                    false => Line::End,
                    true if is_too_long => Line::TooLong,
                    true => Line::Whole,
                });
            }
            any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let part = &buffer[..end.unwrap_or(buffer.len())];
            is_too_long |= self.most < line.len() + part.len();
            if is_too_long {
                *line = Vec::new();
            } else {
                line.extend_from_slice(part);
            }
            let used = end.map_or(buffer.len(), |end| end + 1);
            self.reader.consume(used);
            if end.is_some() {
                return Ok(if is_too_long { Line::TooLong } else { Line::Whole });
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Item, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut line = Vec::new();
            let read = self.read(&mut line);
            let origin = Origin { line: self.next, ..self.origin.clone() };
            self.next += 1;
            let reject = |reason: String| Some(Err(Reject::new(origin.clone(), reason)));
            match read {
                Err(error) => {
                    // What follows cannot be read either.
                    self.reader = Box::new(io::empty());
                    return reject(format!("the rest of the file cannot be read: {error}"));
                }
                Ok(Line::End) => return None,
                Ok(Line::TooLong) => return reject(format!("the line is longer than {} bytes", self.most)),
                Ok(Line::Whole) if line.trim_ascii().is_empty() => {}
                Ok(Line::Whole) => match text(line) {
                    Some(json) => return Some(Ok(Item { origin, json })),
                    None => return reject("it is not UTF-8".to_owned()),
                },
            }
        }
    }
}

/// UTF-8 without the byte order mark that some programs write; `None` if it is not UTF-8.
pub fn text(mut bytes: Vec<u8>) -> Option<String> {
    const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];
    if bytes.starts_with(&BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &[u8], most: usize, expect: &[(u64, Result<&str, &str>)]) {
        // A buffer so small that lines start and end within it everywhere.
        let reader = io::BufReader::with_capacity(3, io::Cursor::new(input.to_vec()));
        let mut lines = Lines::new(Box::new(reader), Origin { path: "x".into(), line: 1 });
        lines.most = most;
        let found: Vec<_> = lines
            .map(|read| match read {
                Ok(item) => (item.origin.line, Ok(item.json)),
                Err(reject) => (reject.origin.line, Err(reject.reason)),
            })
            .collect();
        let found: Vec<_> = found.iter().map(|(line, read)| (*line, read.as_deref().map_err(String::as_str))).collect();
        assert_eq!(found, expect, "{:?}", String::from_utf8_lossy(input));
    }

    #[test]
    fn lines_keep_their_numbers_whatever_is_between_them() {
        check(b"a\n\n b\r\n\n", 9, &[(1, Ok("a")), (3, Ok(" b\r"))]);
        check(b"a\nb", 9, &[(1, Ok("a")), (2, Ok("b"))]);
        check(b"", 9, &[]);
        check(b"\n", 9, &[]);
        check(b"\xef\xbb\xbf{}\n", 9, &[(1, Ok("{}"))]);
    }

    #[test]
    fn a_line_that_is_too_long_or_no_text_is_one_reject() {
        let long = Err("the line is longer than 4 bytes");
        check(b"a\nbbbbbbbbbbbbbbbb\nc\n", 4, &[(1, Ok("a")), (2, long), (3, Ok("c"))]);
        check(b"bbbb\n", 4, &[(1, Ok("bbbb"))]);
        check(b"bbbbb", 4, &[(1, long)]);
        check(b"\xff\xfe\na\n", 4, &[(1, Err("it is not UTF-8")), (2, Ok("a"))]);
    }
}
