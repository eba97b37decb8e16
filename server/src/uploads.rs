//! Forms with files (`multipart/form-data`, RFC 7578): the text goes on as any other form's, the files beside it.

use std::io;

use app::{failure::Failure, web::request::Uploaded};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header::CONTENT_TYPE},
};
use futures::StreamExt;
use multer::{Constraints, Field, Multipart, SizeLimit};
use registry::attachments;
use url::form_urlencoded::Serializer;

/// All files of a form, in bytes, with its text, as far as we keep them.
const LARGEST: usize = 24 * 1024 * 1024;
/// The same with what we drop.
const LARGEST_SENT: u64 = 64 * 1024 * 1024;
/// What we keep of one file, in bytes: a little more than a file may have. So the form says that it is too large, with all that was
/// typed, and not a page of ours.
const LARGEST_FILE: usize = attachments::LARGEST + 1;

/// The boundary, if the request has such a form.
pub fn boundary(headers: &HeaderMap) -> Option<String> {
    multer::parse_boundary(headers.get(CONTENT_TYPE)?.to_str().ok()?).ok()
}

/// The text of the form as `application/x-www-form-urlencoded`, and its files. What no one chose is not a file.
/// [`Failure::TooLarge`], or [`Failure::Invalid`] for any other body.
pub async fn read(body: Body, boundary: String) -> Result<(Bytes, Vec<Uploaded>), Failure> {
    let limits = SizeLimit::new().whole_stream(LARGEST_SENT);
    let stream = body.into_data_stream().map(|data| data.map_err(io::Error::other));
    let mut form = Multipart::with_constraints(stream, boundary, Constraints::new().size_limit(limits));
    let (mut text, mut files, mut kept) = (Vec::new(), Vec::new(), 0);
    while let Some(mut field) = form.next_field().await.map_err(failure)? {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            None => {
                let value = content(&mut field, &mut kept).await?;
                text.push((name, String::from_utf8(value).map_err(|_| Failure::Invalid)?));
            }
            Some(file) if file.is_empty() => {}
            Some(file) => {
                let content = content(&mut field, &mut kept).await?;
                files.push(Uploaded { field: name, name: file, content });
                if 2 * attachments::MOST < files.len() {
                    return Err(Failure::TooLarge);
                }
            }
        }
    }
    let text = Serializer::new(String::new()).extend_pairs(text).finish();
    Ok((text.into(), files))
}

/// The part, up to [`LARGEST_FILE`]; the rest is read and dropped. `kept` counts what all parts have so far.
async fn content(field: &mut Field<'_>, kept: &mut usize) -> Result<Vec<u8>, Failure> {
    let mut content = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(failure)? {
        let wanted = chunk.len().min(LARGEST_FILE - content.len());
        content.extend_from_slice(&chunk[..wanted]);
        *kept += wanted;
        if LARGEST < *kept {
            return Err(Failure::TooLarge);
        }
    }
    Ok(content)
}

#[expect(clippy::needless_pass_by_value, reason = "called by map_err")]
fn failure(error: multer::Error) -> Failure {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => Failure::TooLarge,
        _ => Failure::Invalid,
    }
}
