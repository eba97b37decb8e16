//! Sends the export of the audit log, part by part.

use app::admin::audit::export::Export;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::Response,
};
use futures::stream;

use crate::{portals, state::AppState};

/// `GET /admin/audit/export`
pub async fn answer(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let web = match portals::open(&state, &parts, portals::asked(&parts, Vec::new())).await {
        Ok(web) => web,
        Err(failure) => return portals::show(&state, &parts, Err(failure)).await,
    };
    let export = match Export::begin(&web).await {
        Ok(export) => export,
        Err(failure) => return portals::fail(&parts, web, failure).await,
    };
    let (media_type, file) = (export.format.media_type(), export.file.clone());
    // An error ends the connection early, so that no one takes a part for the whole.
    let parts = stream::try_unfold(export, async |mut export| {
        let part = export.next().await?;
        Ok::<_, app::failure::Failure>(part.map(|part| (part, export)))
    });
    let mut response = Response::new(Body::from_stream(parts));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(file) = HeaderValue::try_from(format!("attachment; filename=\"{file}\"")) {
        headers.insert(CONTENT_DISPOSITION, file);
    }
    response
}
