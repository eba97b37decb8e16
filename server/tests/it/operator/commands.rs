//! `flex admin`, `flex demo`, `flex check-config`.

use std::fs;

use store::{Db, Options, Store, sql};

use super::{PASSWORD, Place};

#[test]
fn an_administrator_is_made_once_and_an_account_of_somebody_else_never() {
    let place = Place::new();
    let create = |id: &str, email: &str, more: &[&str]| {
        let arguments = [&["admin", "create", "--id", id, "--email", email], more].concat();
        place.flex_with(&arguments, &[], &format!("{PASSWORD}\n"))
    };
    let ada = create("ada-moreno", "ada@example.org", &["--name", "Ada Moreno"]);
    ada.went_well();
    assert!(!ada.said.contains(PASSWORD), "{}", ada.said);

    let words = ["ada-moreno", "existing account", "Nothing was changed", "--existing"];
    create("ada-moreno", "stranger@example.org", &["--name", "Eve"]).refused(&words);
    create("Ada-Moreno", "ada@example.org", &["--name", "Ada Moreno"]).refused(&words);
    create("ada@example.org", "ada@example.org", &["--name", "Ada Moreno"]).refused(&["--id"]);
    create("another-ada", "ADA@example.org", &["--name", "Ada"]).refused(&["email address", "Nothing was changed"]);
    create("ada-moreno", "stranger@example.org", &["--existing"]).refused(&["no account has both"]);
    create("no-one-here", "ada@example.org", &["--existing"]).refused(&["no account has both"]);
    create("ada-moreno", "ada@example.org", &["--existing"]).went_well();

    let none = place.flex(&["admin", "create", "--id", "b-b-b-b", "--email", "b@example.org", "--name", "B"], &[]);
    none.refused(&["no password on standard input"]);
}

#[test]
fn the_demonstration_stays_on_this_machine() {
    let place = Place::new();
    for (public_url, listen) in [
        ("https://flex.example.org", "127.0.0.1:3000"),
        ("http://127.0.0.1.example.org", "[::1]:3000"),
        ("http://127.0.0.1:3000", "0.0.0.0:3000"),
    ] {
        let refused = place.flex(&["demo"], &[("FLEX_PUBLIC_URL", public_url), ("FLEX_LISTEN", listen)]);
        refused.refused(&["public passwords", "Nothing was changed", "flex admin create", "127.0.0.1:3000 flex demo"]);
    }
    assert!(!place.data().exists());
}

#[test]
fn check_config_refuses_what_serve_refuses_and_changes_nothing() {
    let place = Place::new();
    let check = |variables: &[(&str, &str)]| place.flex(&["check-config"], variables);
    let well = check(&[("FLEX_LISTEN", "127.0.0.1:0")]);
    well.went_well();
    assert!(well.said.contains("will be created at the start") && well.said.contains("all is well"), "{}", well.said);
    assert!(!place.data().exists(), "it only looks");

    let gone = ("FLEX_DATABASE__URL", "postgres://flex:s3cret@127.0.0.1:9/flex");
    for (variable, words) in [
        (gone, ["database.url", "FLEX_DATABASE__URL"]),
        (("FLEX_DATABASE__URL", "mysql://127.0.0.1/flex"), ["database.url", "FLEX_DATABASE__URL"]),
        (("FLEX_DATABASE__CONNECTIONS", "0"), ["database.connections", "FLEX_DATABASE__CONNECTIONS"]),
        (("FLEX_PUBLIC_URL", "https://flex.example.org/portal"), ["public_url", "FLEX_PUBLIC_URL"]),
        (("FLEX_PUBLIC_URL", "ftp://flex.example.org"), ["public_url", "FLEX_PUBLIC_URL"]),
        (("FLEX_PUBLIC_URL", "flex.example.org"), ["FLEX_PUBLIC_URL", "FLEX_PUBLIC_URL"]),
        (("FLEX_MAIL__FROM", "no-one"), ["mail.from", "FLEX_MAIL__FROM"]),
        (("FLEX_MAIL__SMTP", "mail.example.org"), ["mail.smtp", "FLEX_MAIL__SMTP"]),
        (("FLEX_LISTEN", "203.0.113.77:3000"), ["listen", "FLEX_LISTEN"]),
        (("FLEX_LOG__FILTER", "server=loud"), ["log.filter", "FLEX_LOG__FILTER"]),
        (("FLEX_DATA", "/dev/null"), ["data", "FLEX_DATA"]),
        (("FLEX_PROGRAMS", "/no/such/folder"), ["/no/such/folder", "/no/such/folder"]),
    ] {
        let refused = check(&[variable]);
        refused.refused(&words);
        assert!(!refused.said.contains("s3cret"), "{}", refused.said);
        place.flex(&["serve"], &[("FLEX_LISTEN", "127.0.0.1:0"), variable]).refused(&words);
    }
    let offline = place.flex(&["check-config", "--offline"], &[gone, ("FLEX_LISTEN", "127.0.0.1:0")]);
    offline.went_well();
    assert!(offline.said.contains("--offline"), "{}", offline.said);

    fs::write(place.0.join("flex.toml"), "[limits]\nnetwork = \"many\"\n").unwrap();
    let file = place.0.join("flex.toml").display().to_string();
    place.flex(&["--config", &file, "check-config"], &[]).refused(&["flex.toml", "limits.network"]);
    place.flex(&["--config", "/no/such.toml", "check-config"], &[]).refused(&["/no/such.toml"]);
}

#[test]
fn a_code_hook_that_cannot_be_meant_stops_check_and_start_alike() {
    let place = Place::new();
    let file = place.0.join("flex.toml").display().to_string();
    let (secret, short) = (("FLEX_SECRET_OF_CODES", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "hush-hush");
    let from_file = |url: &str, variables: &[(&str, &str)], words: &[&str]| {
        let text = format!("[code_hooks.idaho.optum-idaho.production]\nurl = {url:?}\nsecret_env = {:?}\n", secret.0);
        fs::write(&file, text).unwrap();
        let variables = [&[("FLEX_LISTEN", "127.0.0.1:0")], variables].concat();
        for command in ["check-config", "serve"] {
            let refused = place.flex(&["--config", &file, command], &variables);
            refused.refused(words);
            assert!(!refused.said.contains(short) && !refused.said.contains("MfKQ9r8"), "{}", refused.said);
        }
    };
    let key = "`code_hooks.idaho.optum-idaho.production";
    from_file("http://codes.example.org", &[secret], &["flex.toml", key, ".url`", "https"]);
    from_file("https://codes.example.org", &[(secret.0, short)], &["flex.toml", key, ".secret_env`", "openssl rand"]);
    from_file("https://codes.example.org", &[], &["flex.toml", key, secret.0]);

    let well = place.flex(&["--config", &file, "check-config", "--offline"], &[secret, ("FLEX_LISTEN", "127.0.0.1:0")]);
    well.went_well();
    let words = "optum-idaho sends codes by phone and letter from https://codes.example.org";
    assert!(well.said.contains(words), "{}", well.said);

    let variable = "FLEX_CODE_HOOKS__IDAHO__OPTUM-IDAHO__PRODUCTION__";
    let [url, secret_env] = ["URL", "SECRET_ENV"].map(|field| format!("{variable}{field}"));
    let variables = [(url.as_str(), "ftp://codes.example.org"), (secret_env.as_str(), "PATH")];
    place.flex(&["check-config", "--offline"], &variables).refused(&[&url, ".url`"]);
}

#[tokio::test]
async fn check_audit_says_what_is_wrong_and_where_and_fails() {
    let place = Place::new();
    let create = ["admin", "create", "--id", "ada-moreno", "--email", "ada@example.org", "--name", "Ada Moreno"];
    place.flex_with(&create, &[], &format!("{PASSWORD}\n")).went_well();
    let well = place.flex(&["check-audit"], &[]);
    well.went_well();
    assert!(well.said.contains("intact: 2 entries checked"), "{}", well.said);
    let digest = well.said.lines().find_map(|line| line.strip_prefix("digest ")).unwrap().to_owned();
    place.flex(&["check-audit", "--digest", &digest], &[]).went_well();
    let kept = place.data().join("digests");
    fs::write(&kept, format!("2026-12-01T03:00:00Z {digest} intact\n")).unwrap();
    let file = kept.to_str().unwrap();
    place.flex(&["check-audit", "--digests", file], &[]).went_well();
    place.flex(&["check-audit", "--digest", "12"], &[]).refused(&["1234:9f86"]);
    fs::write(&kept, "nothing\n").unwrap();
    place.flex(&["check-audit", "--digests", file], &[]).refused(&["contains no digest"]);

    // What someone with the database can do: cut it off, and hide that.
    let url = format!("sqlite://{}", place.data().join("flex.db").display());
    let store = Store::new(Db::connect(&Options { url, connections: 1 }).await.unwrap());
    let mut ctx = store.write().await.unwrap();
    for statement in [
        "DROP TRIGGER audit_no_delete",
        "DELETE FROM audit WHERE sequence = 2",
        "DELETE FROM audit_check",
        "UPDATE audit_head SET sequence = 1, hash = (SELECT hash FROM audit WHERE sequence = 1)",
    ] {
        sql(statement).execute(&mut ctx.tx).await.unwrap();
    }
    ctx.commit().await.unwrap();
    store.db.close().await;
    place.flex(&["check-audit"], &[]).went_well();
    let found = place.flex(&["check-audit", "--digest", &digest], &[]);
    found.refused(&["Entry 2 does not have the digest that was kept", "NOT INTACT"]);
}
