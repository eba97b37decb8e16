//! `/owner/attachments/{id}` and `/admin/attachments/{id}`: a file that was sent with a message, as a download and nothing else.

use app::files::{self, Reader};
use axum::{
    extract::{Path, Request, State},
    http::{
        HeaderName, HeaderValue,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{portals, state::AppState};

pub async fn of_vendor(state: State<AppState>, id: Path<String>, request: Request) -> Response {
    answer(state, id, request, Reader::Vendor).await
}

pub async fn of_staff(state: State<AppState>, id: Path<String>, request: Request) -> Response {
    answer(state, id, request, Reader::Staff).await
}

async fn answer(State(state): State<AppState>, Path(id): Path<String>, request: Request, reader: Reader) -> Response {
    let (parts, _) = request.into_parts();
    let found = match portals::open(&state, &parts, portals::asked(&parts, vec![("id".to_owned(), id)])).await {
        Ok(web) => files::find(&web, reader).await.map_err(|failure| (web, failure)),
        Err(failure) => return portals::show(&state, &parts, Err(failure)).await,
    };
    match found {
        Ok((file, content)) => {
            // RFC 6266: the name is letters and digits of any script, so that it is encoded as a whole.
            let name = utf8_percent_encode(&file.name, NON_ALPHANUMERIC);
            let disposition = format!("attachment; filename*=UTF-8''{name}");
            let headers: [(HeaderName, HeaderValue); 4] = [
                (CONTENT_TYPE, value(&file.media_type)),
                (CONTENT_DISPOSITION, value(&disposition)),
                (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
                (CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (headers, content).into_response()
        }
        Err((web, failure)) => portals::fail(&parts, web, failure).await,
    }
}

/// A media type of ours, or an encoded name: both are ASCII.
fn value(text: &str) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}
