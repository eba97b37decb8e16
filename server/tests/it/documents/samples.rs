//! The code samples as files and as a chapter. The browser tests run them.

use app::docs::samples::{QUICK_START, SAMPLES};
use axum::http::StatusCode;

use crate::{oauth::site::Site, walls::files};

#[tokio::test]
async fn every_sample_is_a_file_and_is_shown_whole() {
    let site = Site::new().await;
    let page = site.get("/docs/idaho/samples").await;
    assert_eq!(page.status, StatusCode::OK);
    let shown = html_escape::decode_html_entities(&page.body);
    for file in SAMPLES.iter().flat_map(|sample| sample.files).chain(QUICK_START) {
        let reply = site.get(&file.path()).await;
        assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "text/plain; charset=utf-8"));
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.body, file.text);
        let is_quick_start = QUICK_START.iter().any(|other| other.path() == file.path());
        assert!(is_quick_start || shown.contains(file.text), "{}", file.path());
    }
}

#[test]
fn every_file_of_the_folder_is_published() {
    let known: Vec<&str> =
        SAMPLES.iter().flat_map(|sample| sample.files).chain(QUICK_START).map(|file| file.name).collect();
    for (path, _) in files(&["samples"], &["sh", "mjs", "py", "rs"]) {
        let name = path.rsplit('/').next().unwrap();
        assert!(name == "main.rs" || known.contains(&name), "{path}");
    }
}

#[tokio::test]
async fn no_other_file_is_read() {
    let site = Site::new().await;
    for path in [
        "/docs/samples/rust/main.rs",
        "/docs/samples/javascript/..%2f..%2fCargo.toml",
        "/docs/samples/../Cargo.toml",
        "/docs/samples/curl/claims.py",
        "/docs/samples/%2e%2e/claims.sh",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
