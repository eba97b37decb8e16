//! Files that were sent with a message. What they are is read from their content, not from what the sender says; they are
//! only ever handed out as downloads.

use std::collections::BTreeMap;

use model::{form::Code, id::AttachmentId, text::Line};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    error::{Error, Result},
    subject::Subject,
    team::Member,
};

/// Of one file, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// With one message.
pub const MOST: usize = 5;

/// A file that was checked, and is not kept yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    name: Line,
    media_type: &'static str,
    content: Vec<u8>,
}

/// A file that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub name: String,
    pub media_type: String,
    /// In bytes.
    pub size: i64,
}

impl Upload {
    /// Reads what the file is. [`Code::FileTooLarge`], [`Code::FileEmpty`], or [`Code::FileKind`] if it is none of PDF, PNG,
    /// JPEG, GIF, WebP and text.
    pub fn read(name: &str, content: Vec<u8>) -> Result<Self, Code> {
        if content.is_empty() {
            return Err(Code::FileEmpty);
        }
        if LARGEST < content.len() {
            return Err(Code::FileTooLarge);
        }
        let (media_type, ending) = kind(&content).ok_or(Code::FileKind)?;
        Ok(Self { name: named(name, ending), media_type, content })
    }
}

/// The media type of the content, and how such a file's name ends.
fn kind(content: &[u8]) -> Option<(&'static str, &'static str)> {
    const KNOWN: [(&str, &str); 5] = [
        ("application/pdf", "pdf"),
        ("image/png", "png"),
        ("image/jpeg", "jpg"),
        ("image/gif", "gif"),
        ("image/webp", "webp"),
    ];
    match infer::get(content) {
        Some(found) => KNOWN.into_iter().find(|(media_type, _)| *media_type == found.mime_type()),
        None => is_text(content).then_some(("text/plain; charset=utf-8", "txt")),
    }
}

fn is_text(content: &[u8]) -> bool {
    let allowed = |char: char| !char.is_control() || matches!(char, '\n' | '\r' | '\t');
    std::str::from_utf8(content).is_ok_and(|text| text.chars().all(allowed))
}

/// The last part of the sender's name without what a file system or a header could mistake, and with the ending of what the
/// file is.
fn named(name: &str, ending: &str) -> Line {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let allowed = |char: &char| char.is_alphanumeric() || matches!(char, ' ' | '-' | '_' | '(' | ')');
    let stem: String = stem.chars().filter(allowed).take(80).collect();
    let stem = if stem.trim().is_empty() { "file" } else { stem.trim() };
    Line::parse(&format!("{stem}.{ending}")).unwrap_or_else(|_| model::stored::Stored::stored(format!("file.{ending}")))
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload").field("media_type", &self.media_type).field("size", &self.content.len()).finish()
    }
}

/// Keeps the files with a line of a history.
pub(crate) async fn add(ctx: &mut Ctx, history: &str, files: &[Upload]) -> Result<()> {
    for file in files {
        let id = AttachmentId::new(ctx.random_id());
        let size = i64::try_from(file.content.len()).unwrap_or(i64::MAX);
        sql("INSERT INTO attachment (id, history_id, name, media_type, size) VALUES ($1, $2, $3, $4, $5)")
            .bind(&id)
            .bind(history)
            .bind(file.name.as_str())
            .bind(file.media_type)
            .bind(size)
            .execute(&mut ctx.tx)
            .await?;
        sql("INSERT INTO attachment_content (attachment_id, content) VALUES ($1, $2)")
            .bind(&id)
            .bind(file.content.clone())
            .execute(&mut ctx.tx)
            .await?;
    }
    Ok(())
}

/// The files of these lines.
pub(crate) async fn of<'h>(
    ctx: &mut Ctx,
    lines: impl IntoIterator<Item = &'h str>,
) -> Result<BTreeMap<String, Vec<Attachment>>> {
    let mut query = sql("SELECT history_id, id, name, media_type, size FROM attachment WHERE history_id IN (");
    let mut any = false;
    for line in lines {
        query.push(if any { ", " } else { "" }).push_bind(line);
        any = true;
    }
    let mut files: BTreeMap<String, Vec<Attachment>> = BTreeMap::new();
    if any {
        query.push(") ORDER BY name, id");
        for Of(line, file) in query.fetch_all::<Of>(&mut ctx.tx).await? {
            files.entry(line).or_default().push(file);
        }
    }
    Ok(files)
}

/// The file with its content, if it belongs to the member's organization.
pub async fn get(ctx: &mut Ctx, member: &Member, id: &AttachmentId) -> Result<(Attachment, Vec<u8>)> {
    let (subject, file) = get_any(ctx, id).await?;
    if *subject.organization() == member.organization { Ok(file) } else { Err(Error::NotFound) }
}

/// Any file, and what it was sent about. For administrators.
pub async fn get_any(ctx: &mut Ctx, id: &AttachmentId) -> Result<(Subject, (Attachment, Vec<u8>))> {
    let query =
        sql("SELECT f.history_id, f.id, f.name, f.media_type, f.size, c.content, h.organization_id, h.application_id,
             h.ticket_id
         FROM attachment f JOIN attachment_content c ON c.attachment_id = f.id JOIN history h ON h.id = f.history_id
         WHERE f.id = $1");
    let Whole(subject, file, content) = query.bind(id).fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)?;
    Ok((subject, (file, content)))
}

/// A line's id, and its file.
struct Of(String, Attachment);

impl FromRow for Of {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (id, name, media_type) = (row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(Self(row.get(0)?, Attachment { id, name, media_type, size: row.get(4)? }))
    }
}

struct Whole(Subject, Attachment, Vec<u8>);

impl FromRow for Whole {
    fn from_row(row: &Row) -> store::Result<Self> {
        let Of(_, file) = Of::from_row(row)?;
        let subject = Subject::new(row.get(6)?, row.get(7)?).with_ticket(row.get(8)?);
        Ok(Self(subject, file, row.get(5)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, content: &[u8], expect: Result<(&str, &str), Code>) {
        let read = Upload::read(name, content.to_vec());
        let read = read.as_ref().map(|file| (file.name.as_str(), file.media_type)).map_err(|code| *code);
        assert_eq!(read, expect, "{name}");
    }

    #[test]
    fn what_a_file_is_decides_its_content_and_not_its_name() {
        let text = "text/plain; charset=utf-8";
        check("screen.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Ok(("screen.png", "image/png")));
        check("policy.pdf.exe", b"%PDF-1.7\n", Ok(("policy pdf.pdf".replace(' ', "").as_str(), "application/pdf")));
        check("page.html", b"<p>Hello</p>", Err(Code::FileKind));
        check("notes", "Señal\tüber alles\r\n".as_bytes(), Ok(("notes.txt", text)));
        check("../../etc/pass wd", b"a", Ok(("pass wd.txt", text)));
        check("C:\\fake\\log.txt", b"a", Ok(("log.txt", text)));
        check("a\"; filename=b\r\nX: y.txt", b"a", Ok(("a filenamebX y.txt", text)));
        check("...", b"a", Ok(("file.txt", text)));
        check("run.exe", b"MZ\x90\0\x03\0\0\0", Err(Code::FileKind));
        check("pack.zip", b"PK\x03\x04\x14\0", Err(Code::FileKind));
        check("picture.svg", b"<?xml version=\"1.0\"?><svg/>", Err(Code::FileKind));
        check("binary", b"\0\x01", Err(Code::FileKind));
        check("latin", b"\xe9", Err(Code::FileKind));
        check("nothing.txt", b"", Err(Code::FileEmpty));
        check("large.txt", &vec![b'a'; LARGEST + 1], Err(Code::FileTooLarge));
        check("just.txt", &vec![b'a'; LARGEST], Ok(("just.txt", text)));
    }
}
