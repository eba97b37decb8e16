//! Codes by phone and letter, which a payer itself delivers to its members.

use futures::future::join_all;
use jiff::ToSpan;
use model::account::Role;
use serde_json::json;
use store::{
    sql,
    testing::{postgres, racing_postgres, sqlite},
};

use super::{
    browser::Browser,
    desk::staff,
    hook::{Cards, Posted},
    inbox::mails,
    linking::{asks, card, reach},
};
use crate::oauth::site::{Reply, query};

const NAME: &str = "O'Brien-Rivera";

async fn choose(browser: &Browser<'_>, handle: &str, channel: &str) -> Reply {
    browser.follow("send-member-code", &[("handle", handle), ("channel", channel)]).await
}

async fn give(browser: &Browser<'_>, handle: &str, code: &str) -> Reply {
    browser.follow("confirm-member", &[("handle", handle), ("code", code)]).await
}

/// Another code than this one.
fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

/// The code in the only mail.
async fn mailed(cards: &Cards) -> String {
    let mail = mails(&cards.site).await.pop().expect("a mail with a code");
    mail.text.split_once("Code: ").unwrap().1.lines().next().unwrap().to_owned()
}

#[tokio::test]
async fn the_member_chooses_among_the_ways_and_the_hook_gets_what_it_needs_and_no_more() {
    for test in [sqlite().await, postgres().await] {
        let cards = Cards::new(test, "").await;
        let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
        let page = card(&browser, &handle, "M-1234", NAME).await;
        for words in ["Email to j…@example.net", "Phone ending in 23", "Letter to the address that your plan has"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        for secret in ["jordan@", "010-0123", "Linden", "83702", "Jordan"] {
            assert!(!page.body.contains(secret), "{secret}: {}", page.body);
        }
        assert!(cards.hook.taken().is_empty() && mails(&cards.site).await.is_empty(), "nothing is sent before");
        assert!(choose(&browser, &handle, "").await.body.contains("Choose where we should send the code."));
        assert!(choose(&browser, &handle, "fax").await.body.contains("Choose one of the answers on the page."));

        let page = choose(&browser, &handle, "phone").await;
        assert!(page.body.contains("the phone ending in 23") && page.body.contains("15 minutes"), "{}", page.body);
        let posted = cards.hook.one();
        assert!(posted.is_genuine(cards.site.now()));
        assert_eq!(posted.headers["content-type"], "application/json");
        let code = posted.code();
        assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        let expires_at = posted.data()["expires_at"].clone();
        let expect = json!({ "program": "idaho", "environment": "production", "payer": "optum-idaho", "member_id": "M-1234",
            "channel": "phone", "phone": "+1 (555) 010-0123", "code": code, "language": "en", "expires_at": expires_at });
        assert_eq!(posted.data(), expect);
        assert!(give(&browser, &handle, wrong(&code)).await.body.contains("That code is not correct."));
        assert!(asks(&give(&browser, &handle, &code).await));
        assert!(mails(&cards.site).await.is_empty());
    }
}

#[tokio::test]
async fn a_post_that_was_changed_is_not_genuine() {
    let cards = Cards::new(sqlite().await, "").await;
    let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
    card(&browser, &handle, "M-5678", NAME).await;
    let mut posted = cards.hook.one();
    assert!(!posted.is_genuine(cards.site.now() + 1.hour()), "an old one");
    posted.body = posted.body.replace("M-5678", "M-1234");
    assert!(!posted.is_genuine(cards.site.now()));
}

#[tokio::test]
async fn where_there_is_one_way_the_code_goes_there_at_once() {
    let cards = Cards::new(sqlite().await, "card_proof = { production = \"code\" }").await;
    for (account, number, channel, words) in [
        ("vera-lindqvist", "M-5678", "phone", "the phone ending in 23"),
        ("eve-intruder", "M-9012", "letter", "is sending you a letter with a code"),
    ] {
        let (browser, handle) = reach(&cards.site, &cards.app, account).await;
        let page = card(&browser, &handle, number, NAME).await;
        assert!(page.body.contains(words), "{}", page.body);
        let posted = cards.hook.one();
        assert_eq!(posted.data()["channel"], channel);
        assert!(asks(&give(&browser, &handle, &posted.code()).await));
    }
    let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
    assert!(asks(&browser.get(&format!("/consent/{handle}")).await), "for good");
}

#[tokio::test]
async fn a_hook_that_only_calls_is_asked_for_no_letter() {
    let cards = Cards::with(sqlite().await, "", "channels = \"phone\"").await;
    let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
    let page = card(&browser, &handle, "M-1234", NAME).await;
    assert!(page.body.contains("Phone ending in 23") && !page.body.contains("Letter to"), "{}", page.body);
    assert!(choose(&browser, &handle, "letter").await.body.contains("Choose one of the answers on the page."));
    assert!(cards.hook.taken().is_empty());
}

#[tokio::test]
async fn without_any_way_the_card_is_enough_unless_the_program_asks_for_a_code() {
    for (clause, expect) in [("", true), ("card_proof = { production = \"code\" }", false)] {
        let cards = Cards::new(sqlite().await, clause).await;
        let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
        let page = card(&browser, &handle, "M-3456", NAME).await;
        assert_eq!(asks(&page), expect, "{clause}");
        assert_eq!(
            page.body.contains("does not have an email address, phone number, or postal address for you"),
            !expect
        );
        assert!(cards.hook.taken().is_empty());
    }
}

#[tokio::test]
async fn a_letter_is_typed_two_weeks_later_in_the_portal_or_in_the_next_request() {
    for test in [sqlite().await, postgres().await] {
        let cards = Cards::new(test, "").await;
        let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
        card(&browser, &handle, "M-1234", NAME).await;
        let page = choose(&browser, &handle, "letter").await;
        assert!(
            page.body.contains("is sending you a letter with a code") && page.body.contains("until "),
            "{}",
            page.body
        );
        let posted = cards.hook.one();
        let home =
            json!({ "use": "home", "line": ["12 Linden Lane"], "city": "Boise", "state": "ID", "postalCode": "83702" });
        assert_eq!((&posted.data()["address"], posted.data().get("phone")), (&home, None));

        cards.site.test.clock.advance(jiff::Span::new().hours(13 * 24 + 23));
        let next = Browser::of(&cards.site);
        next.sign_in("vera-lindqvist").await;
        let portal = next.get("/member").await.body;
        let (_, link) = portal.split_once("href=\"/member/code").expect("a code waits");
        let link = format!("/member/code{}", link.split('"').next().unwrap().replace("&amp;", "&"));
        let page = next.get(&link).await;
        assert!(page.body.contains("Optum Idaho") && page.body.contains("letter with a code"), "{}", page.body);
        let form =
            |code| [("program", "idaho"), ("environment", "production"), ("payer", "optum-idaho"), ("code", code)];
        let code = posted.code();
        assert!(next.follow("confirm-code", &form(wrong(&code))).await.body.contains("That code is not correct."));
        // In an app's request it is asked for as well.
        let (again, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
        let page = again.get(&format!("/consent/{handle}")).await;
        assert!(page.body.contains("letter with a code") && !asks(&page), "{}", page.body);

        let linked = next.post("confirm-code", &form(&code)).await;
        assert_eq!(linked.header("location"), "/member?done=linked");
        assert!(next.get("/member?done=linked").await.body.contains("is linked to your health plan"));
        assert!(asks(&again.get(&format!("/consent/{handle}")).await));
        assert!(next.follow("confirm-code", &form(&code)).await.body.contains("That code no longer works."));
    }
}

#[tokio::test]
async fn a_letter_ends_with_its_two_weeks_or_with_the_membership() {
    let cards = Cards::new(sqlite().await, "").await;
    for (days, expect) in [(14, "That code no longer works."), (13, "no longer include you")] {
        let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
        card(&browser, &handle, "M-9012", NAME).await;
        let code = cards.hook.one().code();
        cards.site.test.clock.advance(jiff::Span::new().hours(days * 24));
        if days == 13 {
            let mut ctx = cards.site.state.services.store.write().await.unwrap();
            let gone = sql("UPDATE fhir_resource SET deleted = TRUE WHERE id = 'lettie'");
            assert!(0 < gone.execute(&mut ctx.tx).await.unwrap());
            ctx.commit().await.unwrap();
        }
        let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
        let page = give(&browser, &handle, &code).await;
        assert!(page.body.contains(expect) && !asks(&page), "{days}: {}", page.body);
    }
}

#[tokio::test]
async fn a_hook_that_fails_uses_nothing_up_and_administrators_see_it() {
    for test in [sqlite().await, postgres().await] {
        let cards = Cards::new(test, "").await;
        let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
        card(&browser, &handle, "M-1234", NAME).await;
        choose(&browser, &handle, "email").await;
        let before = mailed(&cards).await;
        for status in [500, 302, 401, 404] {
            cards.hook.answers(status);
            browser.get(&format!("/consent/{handle}?again=1")).await;
            let page = choose(&browser, &handle, "letter").await;
            assert!(page.body.contains("We could not send your code"), "{}", page.body);
            assert!(page.body.contains("Phone ending in 23") && page.body.contains("Email to j…"), "{}", page.body);
            assert_eq!(cards.hook.taken().len(), 1, "no redirect is followed, nothing is repeated");
        }
        let ada = staff(&cards.site, "ada-moreno", Role::Administrator).await;
        let page = ada.get("/admin/programs").await.body;
        assert!(page.contains("code hook: status 404") && page.contains("/codes"), "{page}");
        assert!(!page.contains("MfKQ9r8"));
        cards.hook.answers(202);
        assert!(choose(&browser, &handle, "letter").await.body.contains("letter with a code"), "none was counted");
        cards.hook.one();

        // The code that was sent before stays valid if the next one is not sent.
        let (eve, eves) = reach(&cards.site, &cards.app, "eve-intruder").await;
        card(&eve, &eves, "M-5678", NAME).await;
        let code = cards.hook.one().code();
        cards.hook.answers(503);
        choose(&eve, &eves, "phone").await;
        assert!(
            eve.get(&format!("/consent/{eves}?again=1")).await.body.contains("Enter the code that we sent you before")
        );
        assert!(asks(&give(&eve, &eves, &code).await));
        assert!(!asks(&give(&browser, &handle, &before).await), "replaced by the letter");
    }
}

#[tokio::test]
async fn a_hook_that_always_fails_is_asked_few_times() {
    let cards = Cards::new(sqlite().await, "").await;
    cards.hook.answers(500);
    let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
    card(&browser, &handle, "M-1234", NAME).await;
    for _ in 0..20 {
        choose(&browser, &handle, "letter").await;
    }
    // It may still have sent them.
    assert!(cards.hook.taken().len() <= 7);
    assert!(choose(&browser, &handle, "letter").await.body.contains("We cannot send another letter yet."));
    assert!(choose(&browser, &handle, "email").await.body.contains("j…@example.net"), "the other ways stay");
}

#[tokio::test]
async fn nobody_is_flooded_whatever_the_channel_and_account() {
    for test in [sqlite().await, postgres().await] {
        let cards = Cards::new(test, "").await;
        let (vera, veras) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
        let (eve, eves) = reach(&cards.site, &cards.app, "eve-intruder").await;
        let mut sent = 0;
        for _ in 0..4 {
            for (browser, handle) in [(&vera, &veras), (&eve, &eves)] {
                card(browser, handle, "M-1234", NAME).await;
                for channel in ["letter", "phone", "email"] {
                    choose(browser, handle, channel).await;
                }
            }
            sent += cards.hook.taken().len() + mails(&cards.site).await.len();
        }
        assert_eq!(sent, 4, "three, and one more before the first wait");
        // A day later: one letter, and no other before two more days.
        let mut letters = 0;
        for _ in 0..2 {
            cards.site.test.clock.advance(25.hours());
            for id in ["vera-lindqvist", "eve-intruder"] {
                let (browser, handle) = reach(&cards.site, &cards.app, id).await;
                card(&browser, &handle, "M-1234", NAME).await;
                choose(&browser, &handle, "letter").await;
            }
            letters += cards.hook.taken().len();
        }
        assert_eq!(letters, 1);
    }
}

#[tokio::test]
async fn a_code_of_another_channel_account_or_member_links_nobody() {
    for test in [sqlite().await, postgres().await] {
        let cards = Cards::new(test, "").await;
        let (vera, veras) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
        let (eve, eves) = reach(&cards.site, &cards.app, "eve-intruder").await;
        card(&vera, &veras, "M-1234", NAME).await;
        choose(&vera, &veras, "phone").await;
        let by_phone = cards.hook.one().code();
        card(&eve, &eves, "M-1234", NAME).await;
        choose(&eve, &eves, "phone").await;
        let eves_own = cards.hook.one().code();
        if by_phone != eves_own {
            assert!(!asks(&give(&eve, &eves, &by_phone).await), "another account's");
        }
        choose(&vera, &veras, "email").await;
        let by_mail = mailed(&cards).await;
        if by_mail != by_phone {
            assert!(!asks(&give(&vera, &veras, &by_phone).await), "another channel's, and replaced");
        }
        // Someone else's card: their code belongs to them.
        card(&vera, &veras, "M-5678", NAME).await;
        let of_phoebe = cards.hook.one().code();
        if by_mail != of_phoebe {
            assert!(!asks(&give(&vera, &veras, &by_mail).await), "another member's");
        }
        assert!(asks(&give(&vera, &veras, &of_phoebe).await));
        let mut ctx = cards.site.state.services.store.read().await.unwrap();
        let linked: Vec<(String,)> = sql("SELECT patient_id FROM member_link").fetch_all(&mut ctx.tx).await.unwrap();
        assert_eq!(linked, [("phoebe".to_owned(),)]);
    }
}

#[tokio::test]
async fn two_tabs_that_ask_at_once_leave_one_code() {
    for test in [sqlite().await, racing_postgres().await] {
        let cards = Cards::new(test, "").await;
        let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
        card(&browser, &handle, "M-1234", NAME).await;
        let forms = ["phone", "phone"].map(|channel| [("handle", handle.as_str()), ("channel", channel)]);
        let answers = join_all(forms.iter().map(|form| browser.post("send-member-code", form))).await;
        assert!(answers.iter().all(|answer| answer.status == 303), "one is as good as the other");
        let codes: Vec<String> = cards.hook.taken().iter().map(Posted::code).collect();
        assert_eq!((codes.len(), waiting(&cards).await), (2, 1));
        assert!(asks(&give(&browser, &handle, &codes[0]).await) || asks(&give(&browser, &handle, &codes[1]).await));
        assert_eq!(waiting(&cards).await, 0, "used up");
    }
}

async fn waiting(cards: &Cards) -> i64 {
    let mut ctx = cards.site.state.services.store.read().await.unwrap();
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM member_code").fetch_one(&mut ctx.tx).await.unwrap();
    count
}

#[tokio::test]
async fn of_letters_asked_for_at_once_one_goes_and_works() {
    for test in [sqlite().await, racing_postgres().await] {
        let cards = Cards::new(test, "").await;
        let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
        card(&browser, &handle, "M-1234", NAME).await;
        let form = [("handle", handle.as_str()), ("channel", "letter")];
        join_all((0..4).map(|_| browser.post("send-member-code", &form))).await;
        assert!(asks(&give(&browser, &handle, &cards.hook.one().code()).await));
    }
}

#[tokio::test]
async fn the_pages_and_the_hook_speak_the_members_language() {
    let cards = Cards::new(sqlite().await, "").await;
    let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
    browser.post("language", &[("language", "es"), ("next", "/member")]).await;
    let page = card(&browser, &handle, "M-1234", NAME).await;
    assert!(page.body.contains("¿Adónde enviamos el código?"), "{}", page.body);
    assert!(page.body.contains("Teléfono que termina en 23") && page.body.contains("Carta a la dirección"));
    let here = format!("/consent/{handle}");
    browser.send_form_of(&here, "send-member-code", &[("handle", &handle), ("channel", "letter")]).await;
    let page = browser.get(&here).await;
    assert!(page.body.contains("le está enviando una carta con un código"), "{}", page.body);
    assert_eq!(cards.hook.one().data()["language"], "es");
    let portal = browser.get("/member").await;
    assert!(portal.body.contains("Un código de Optum Idaho va en camino."), "{}", portal.body);
}

#[tokio::test]
async fn whoever_was_linked_before_is_told_when_a_code_links_another_account() {
    let cards = Cards::new(sqlite().await, "").await;
    for (id, told) in [("vera-lindqvist", None), ("eve-intruder", Some("vera-lindqvist@example.org"))] {
        let (browser, handle) = reach(&cards.site, &cards.app, id).await;
        card(&browser, &handle, "M-5678", NAME).await;
        assert!(asks(&give(&browser, &handle, &cards.hook.one().code()).await));
        assert_eq!(mails(&cards.site).await.first().map(|mail| mail.to.as_str()), told);
    }
}

#[tokio::test]
async fn the_choice_has_a_way_back_and_belongs_to_its_browser_and_account() {
    let cards = Cards::new(sqlite().await, "").await;
    let (vera, veras) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
    let (eve, eves) = reach(&cards.site, &cards.app, "eve-intruder").await;
    card(&vera, &veras, "M-1234", NAME).await;
    for handle in [&veras, &eves] {
        eve.post("send-member-code", &[("handle", handle), ("channel", "phone")]).await;
    }
    assert!(cards.hook.taken().is_empty(), "she has shown no card");
    let again = vera.get(&format!("/consent/{veras}?card=1")).await;
    assert!(again.body.contains("Tell us who you are"), "{}", again.body);
    cards.site.test.clock.advance(15.minutes());
    assert!(
        choose(&vera, &veras, "phone").await.body.contains("Tell us who you are"),
        "the card counts for 15 minutes"
    );
    let back = vera.post("decide", &[("handle", &veras), ("answer", "cancel")]).await;
    assert_eq!(query(back.header("location"))["error"], "access_denied");
}
