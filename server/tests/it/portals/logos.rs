//! Logos, from the form to the pages that show them.

use std::io::Cursor;

use axum::http::{Method, StatusCode};
use image::{ImageFormat, Rgba, RgbaImage};

use super::{
    browser::Browser,
    desk::{self, approve_all, approved_vendor, details, link, register_app, registration, staff},
};
use crate::oauth::site::{Reply, Site};

fn png(shade: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let square = RgbaImage::from_pixel(300, 300, Rgba([shade, 90, 200, 255]));
    square.write_to(&mut Cursor::new(&mut file), ImageFormat::Png).unwrap();
    file
}

/// Sends a form with a file that calls itself this, as a browser does.
async fn send(browser: &Browser<'_>, function: &str, fields: &desk::Form<'_>, file: (&str, &[u8])) -> Reply {
    let (boundary, (name, content)) = ("----of-this-test", file);
    let mut body = Vec::new();
    for (field, value) in fields {
        body.extend(
            format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    let head = format!(
        "--{boundary}\r\ncontent-disposition: form-data; name=\"logo_file\"; filename=\"{name}\"\r\n\
         content-type: image/png\r\n\r\n"
    );
    body.extend(head.bytes().chain(content.iter().copied()).chain(format!("\r\n--{boundary}--\r\n").bytes()));
    let kind = format!("multipart/form-data; boundary={boundary}");
    let headers = [("content-type", kind.as_str()), ("sec-fetch-site", "same-origin")];
    browser.send(Method::POST, &format!("/api/{function}"), &headers, body).await
}

async fn follow(browser: &Browser<'_>, reply: &Reply) -> Reply {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    browser.get(reply.header("location").split('#').next().unwrap_or_default()).await
}

/// The address of the page's first logo.
fn logo(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("src=\"/logos/")?;
    Some(format!("/logos/{}", rest.split('"').next()?))
}

/// The page of the vendor's only app.
async fn app_of(browser: &Browser<'_>) -> String {
    let list = browser.get("/owner/applications").await.body;
    let table = list.split("<tbody>").nth(1).expect("an app");
    link(table, "/owner/applications/").unwrap().to_owned()
}

/// What the page's hidden inputs say, besides a form that is sent with it.
fn hidden<'p>(page: &'p str, name: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {page}"));
    rest.split('"').next().unwrap()
}

#[tokio::test]
async fn a_logo_is_sent_with_the_registration_and_shown_everywhere() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    let page = vera.get("/owner/applications/new").await;
    let page = follow(&vera, &page).await.body;
    assert!(page.contains("enctype=\"multipart/form-data\"") && page.contains("type=\"file\""), "{page}");
    let next = follow(&vera, &send(&vera, "app-details", &details("production"), ("logo.png", &png(10))).await).await;
    assert!(next.body.contains("Application Registration"), "{}", next.body);
    vera.post("register-app", &registration("confidential")).await;
    let app = app_of(&vera).await;

    let list = vera.get("/owner/applications").await.body;
    let address = logo(&list).expect("the list shows it");
    assert_eq!(address.len(), "/logos/".len() + 64);
    assert!(list.contains("alt=\"\"") && list.contains("width=\"48\" height=\"48\""), "{list}");
    for path in [app.clone(), format!("{app}/registration"), format!("{app}/versions/1")] {
        assert_eq!(logo(&vera.get(&path).await.body).as_deref(), Some(address.as_str()), "{path}");
    }
    assert!(vera.get(&format!("{app}/registration")).await.body.contains("alt=\"Logo of Care Costs\""));
    let ada = staff(&site, "ada-moreno", model::account::Role::Reviewer).await;
    let review = desk::open_reviews(&site).await.remove(0);
    for path in [format!("/admin/reviews/{review}"), app.replace("/owner/", "/admin/")] {
        assert_eq!(logo(&ada.get(&path).await.body).as_deref(), Some(address.as_str()), "{path}");
    }

    let stranger = Browser::of(&site);
    let file = stranger.get(&address).await;
    assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, "image/png"));
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(file.header("cross-origin-resource-policy"), "same-origin");
    let other = format!("/logos/{}", "0".repeat(64));
    for missing in [other.as_str(), "/logos/x", "/logos/..%2Fx", "/logos/%00", &address.to_uppercase()] {
        assert_eq!(stranger.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn a_bad_file_gets_a_sentence_and_loses_nothing() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".as_slice();
    let large = vec![0; 1024 * 1024 + 1];
    let huge = vec![0; 11 * 1024 * 1024];
    for (name, content, sentence) in [
        ("logo.png", svg, "We do not accept SVG"),
        ("logo.png", b"\x89PNG\r\n\x1a\nnothing", "We could not read this picture"),
        ("logo.png", &large, "larger than 1 MB"),
        ("logo.png", &huge, "larger than 1 MB"),
    ] {
        let page = follow(&vera, &send(&vera, "app-details", &details("sandbox"), (name, content)).await).await.body;
        assert!(page.contains(sentence), "{sentence}: {page}");
        assert!(page.contains("There is a problem") && page.contains("Shows members what their care has cost."));
        assert!(page.contains("id=\"logo_file-error\"") && logo(&page).is_none());
    }
    // A picture that came with another mistake stays while the mistake is corrected.
    let mut wrong = details("sandbox");
    wrong.retain(|(name, _)| *name != "redirect_uri");
    let page = follow(&vera, &send(&vera, "app-details", &wrong, ("logo.png", &png(20))).await).await.body;
    let address = logo(&page).expect("it is shown");
    let (digest, draft) = (hidden(&page, "logo").to_owned(), hidden(&page, "draft").to_owned());
    assert_eq!(address, format!("/logos/{digest}"));
    let right = [details("sandbox"), vec![("logo", digest.as_str()), ("draft", draft.as_str())]].concat();
    let next = vera.follow("app-details", &right).await;
    assert!(next.body.contains("Application Registration"), "{}", next.body);
}

#[tokio::test]
async fn a_logo_is_changed_and_removed_by_its_own_vendor_alone() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&vera, &details("sandbox"), &registration("confidential")).await;
    let app = app_of(&vera).await;
    let id = app.rsplit('/').next().unwrap().to_owned();
    assert!(vera.get(&app).await.body.contains(">C</span>"), "an initial");
    let whole = |version: &'static str| {
        let own = vec![("application", id.clone().leak() as &str), ("version", version)];
        [own, details("sandbox"), registration("confidential")].concat()
    };
    let page = vera.get(&format!("{app}/edit")).await.body;
    let version: &'static str = hidden(&page, "version").to_owned().leak();
    let mallory = approved_vendor(&site, "mallory-stranger").await;
    let foreign = send(&mallory, "edit-app", &whole(version), ("logo.png", &png(30))).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);

    let refused = follow(&vera, &send(&vera, "edit-app", &whole(version), ("logo.png", b"GIF89a")).await).await.body;
    assert!(refused.contains("Choose a PNG, JPEG, or WebP picture.") && refused.contains("Care Costs"), "{refused}");
    let saved = follow(&vera, &send(&vera, "edit-app", &whole(version), ("logo.png", &png(40))).await).await.body;
    let address = logo(&saved).expect("it is shown");
    let page = vera.get(&format!("{app}/edit")).await.body;
    assert!(page.contains("Remove the logo") && logo(&page).as_deref() == Some(address.as_str()));

    // A digest that another organization's form says is not theirs.
    register_app(&mallory, &renamed("Sleep Diary"), &registration("confidential")).await;
    let (theirs, digest) = (app_of(&mallory).await, hidden(&page, "logo").to_owned());
    let edit = mallory.get(&format!("{theirs}/edit")).await.body;
    let theirs = theirs.rsplit('/').next().unwrap().to_owned();
    let own = vec![("application", theirs.as_str()), ("version", hidden(&edit, "version")), ("logo", &digest)];
    let stolen = [own, renamed("Sleep Diary"), registration("confidential")].concat();
    let refused = mallory.follow("edit-app", &stolen).await.body;
    assert!(refused.contains("We no longer have this logo."), "{refused}");

    let version: &'static str = hidden(&page, "version").to_owned().leak();
    let remove = [whole(version), vec![("logo", digest.as_str()), ("logo_removed", "on")]].concat();
    let removed = vera.follow("edit-app", &remove).await.body;
    assert!(logo(&removed).is_none() && removed.contains(">C</span>"), "{removed}");
}

fn renamed(name: &'static str) -> desk::Form<'static> {
    let mut details = details("sandbox");
    details[0] = ("name", name);
    details
}

#[tokio::test]
async fn a_blocked_app_keeps_its_logo_as_it_is() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    send(&vera, "app-details", &details("production"), ("logo.png", &png(50))).await;
    vera.post("register-app", &registration("confidential")).await;
    approve_all(&site).await;
    let app = app_of(&vera).await;
    let id = app.rsplit('/').next().unwrap().to_owned();
    let page = vera.get(&format!("{app}/edit")).await.body;
    let (version, before) = (hidden(&page, "version").to_owned(), logo(&page).unwrap());

    // What is reviewed waits, and the approved one stays.
    let own = vec![("application", id.as_str()), ("version", version.as_str())];
    let whole = [own, details("production"), registration("confidential")].concat();
    let waiting = follow(&vera, &send(&vera, "edit-app", &whole, ("logo.png", &png(60))).await).await.body;
    assert!(waiting.contains("Your change is under review") && logo(&waiting).as_deref() == Some(before.as_str()));
    let compared = vera.get(&format!("{app}/registration")).await.body;
    assert!(
        compared.contains("What would change") && compared.matches("Logo of Care Costs").count() == 3,
        "{compared}"
    );

    let ada = staff(&site, "ada-moreno", model::account::Role::Administrator).await;
    let block = [("step", "block"), ("application", id.as_str()), ("reason", "It asked members for passwords.")];
    ada.post("block", &block).await;
    let page = vera.get(&app).await.body;
    assert!(page.contains("An administrator has blocked this application"), "{page}");
    let refused = send(&vera, "edit-app", &whole, ("logo.png", &png(70))).await;
    assert_ne!((refused.status, refused.header("location").contains("done=")), (StatusCode::SEE_OTHER, true));
    assert_eq!(logo(&vera.get(&app).await.body).as_deref(), Some(before.as_str()));
}
