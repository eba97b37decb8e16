//! Forms with files (`multipart/form-data`, RFC 7578): the text goes on as any other form's, the files beside it.

use std::io;

use app::{failure::Failure, web::request::Uploaded};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header::CONTENT_TYPE},
};
use futures::StreamExt;
use multer::{Constraints, Multipart, SizeLimit};
use registry::attachments;
use url::form_urlencoded::Serializer;

/// All files of a form, in bytes, with its text.
const LARGEST: u64 = 24 * 1024 * 1024;
/// One file, and a little more: the form says that it is too large, and not the connection.
const LARGEST_FILE: u64 = 10 * 1024 * 1024 + 1;

/// The boundary, if the request has such a form.
pub fn boundary(headers: &HeaderMap) -> Option<String> {
    multer::parse_boundary(headers.get(CONTENT_TYPE)?.to_str().ok()?).ok()
}

/// The text of the form as `application/x-www-form-urlencoded`, and its files. What no one chose is not a file.
/// [`Failure::TooLarge`], or [`Failure::Invalid`] for any other body.
pub async fn read(body: Body, boundary: String) -> Result<(Bytes, Vec<Uploaded>), Failure> {
    let limits = SizeLimit::new().whole_stream(LARGEST).per_field(LARGEST_FILE);
    let stream = body.into_data_stream().map(|data| data.map_err(io::Error::other));
    let mut form = Multipart::with_constraints(stream, boundary, Constraints::new().size_limit(limits));
    let (mut text, mut files) = (Vec::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(failure)? {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            None => {
                let value = field.bytes().await.map_err(failure)?;
                let value = std::str::from_utf8(&value).map_err(|_| Failure::Invalid)?;
                text.push((name, value.to_owned()));
            }
            Some(file) if file.is_empty() => {}
            Some(file) => {
                let content = field.bytes().await.map_err(failure)?.to_vec();
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

fn failure(error: multer::Error) -> Failure {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => Failure::TooLarge,
        _ => Failure::Invalid,
    }
}
