//! Logos: part of a version, of one organization, and gone when nothing has them.

use std::io::Cursor;

use image::{ImageFormat, Rgba, RgbaImage};
use jiff::ToSpan;
use model::{
    application::AccessType::{Both, Patient},
    application_form::ApplicationDraft,
    form::Code,
    id::OrganizationId,
    logo::LogoDigest,
    partition::Environment::{Production, Sandbox},
};
use registry::{
    applications,
    error::Error,
    housekeeping,
    logos::{self, Picture},
    submissions::{self, Content},
};
use store::testing::on_each_database;

use crate::desk::{Desk, application, approve, deny, subject};

/// A square of this color.
async fn picture(color: [u8; 3]) -> Picture {
    let [red, green, blue] = color;
    let mut png = Vec::new();
    let square = RgbaImage::from_pixel(8, 8, Rgba([red, green, blue, 255]));
    square.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
    Picture::read(png).await.unwrap()
}

async fn send(desk: &Desk<'_>, organization: &OrganizationId, color: [u8; 3]) -> LogoDigest {
    let mut ctx = desk.write().await;
    let digest = logos::add(&mut ctx, organization, &picture(color).await).await.unwrap();
    ctx.commit().await.unwrap();
    digest
}

fn with(draft: ApplicationDraft, logo: Option<&LogoDigest>) -> ApplicationDraft {
    ApplicationDraft { logo: logo.cloned(), ..draft }
}

#[tokio::test]
async fn a_logo_is_a_value_of_its_version_and_the_approved_one_stays() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let [red, blue] = [[255, 0, 0], [0, 0, 255]];
        let (red, blue) = (send(&desk, &member.organization, red).await, send(&desk, &member.organization, blue).await);
        assert_ne!(red, blue);
        let draft = with(application("Claims", Production, Both), Some(&red));
        let app = desk.register(&member, &draft).await.unwrap().application;
        let reviewer = desk.account("rita").await;
        desk.decide(&reviewer, &subject(&app), approve()).await.unwrap();
        let app = applications::get_any(&mut desk.read().await, &app.id).await.unwrap();

        desk.edit(&member, &app, &with(app.registration.clone(), Some(&blue))).await.unwrap();
        let shown = async || applications::disclosure(&mut desk.read().await, &app.id).await.unwrap().unwrap().logo;
        assert_eq!(shown().await.as_ref(), Some(&red), "members see what was reviewed");
        let waiting = applications::waiting(&mut desk.read().await, &app).await.unwrap().unwrap();
        assert_eq!(waiting.registration.logo.as_ref(), Some(&blue));
        desk.decide(&reviewer, &subject(&app), deny()).await.unwrap();
        assert_eq!(shown().await.as_ref(), Some(&red));

        let of = async |number| match submissions::numbered(&mut desk.read().await, &subject(&app), number).await {
            Ok(submissions::Submission { content: Content::Application(draft), .. }) => draft.logo,
            other => panic!("{other:?}"),
        };
        assert_eq!((of(1).await, of(2).await), (Some(red.clone()), Some(blue.clone())));
        for logo in [&red, &blue] {
            assert!(logos::find(&mut desk.read().await, logo).await.unwrap().is_some(), "a version has it for ever");
        }
    })
    .await;
}

#[tokio::test]
async fn an_organization_uses_only_the_logos_that_it_sent() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (acme, eve) = (desk.approved_vendor("acme").await, desk.approved_vendor("eve").await);
        let logo = send(&desk, &acme.organization, [1, 2, 3]).await;
        let unknown = LogoDigest::parse(&"0".repeat(64)).unwrap();
        let draft = application("Care", Sandbox, Patient);
        for wrong in [&logo, &unknown] {
            let refused = desk.register(&eve, &with(draft.clone(), Some(wrong))).await.unwrap_err();
            let Error::Fields(errors) = &refused else { panic!("{refused:?}") };
            assert_eq!((errors[0].field.as_ref(), errors[0].code), ("logo_file", Code::LogoGone));
        }
        let app = desk.register(&eve, &draft).await.unwrap().application;
        let refused = desk.edit(&eve, &app, &with(draft.clone(), Some(&logo))).await;
        assert!(matches!(refused, Err(Error::Fields(_))), "{refused:?}");
        // An organization that sends the same picture has it too.
        assert_eq!(send(&desk, &eve.organization, [1, 2, 3]).await, logo);
        let after = desk.edit(&eve, &app, &with(draft.clone(), Some(&logo))).await.unwrap();
        assert_eq!(after.registration.logo, Some(logo));
        let without = desk.edit(&eve, &after, &with(draft, None)).await.unwrap();
        assert_eq!(without.registration.logo, None);
    })
    .await;
}

#[tokio::test]
async fn a_logo_that_nothing_has_is_deleted_after_a_year() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let sent = async |shade| send(&desk, &member.organization, [shade, 0, 0]).await;
        let (kept, drafted, unused) = (sent(1).await, sent(2).await, sent(3).await);
        desk.register(&member, &with(application("Care", Sandbox, Patient), Some(&kept))).await.unwrap();
        test.clock.advance((359 * 24).hours());
        let mut ctx = desk.write().await;
        assert_eq!(housekeeping::purge(&mut ctx).await.unwrap(), 0);
        logos::hold(&mut ctx, &member.organization, &drafted).await.unwrap();
        ctx.commit().await.unwrap();

        test.clock.advance(24.hours());
        let mut ctx = desk.write().await;
        assert_eq!(housekeeping::purge(&mut ctx).await.unwrap(), 1);
        let mut is_there = [false; 3];
        for (place, logo) in [&kept, &drafted, &unused].into_iter().enumerate() {
            is_there[place] = logos::find(&mut ctx, logo).await.unwrap().is_some();
        }
        assert_eq!(is_there, [true, true, false]);
    })
    .await;
}
