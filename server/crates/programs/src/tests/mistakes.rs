//! What is said of a wrong file: all of it, with file, line and key.

use std::{env, fs, process};

use crate::{
    Programs,
    load::{self, Source},
};

const IDAHO: &str = include_str!("../../../../../programs/idaho.toml");

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

/// Replaces each `from` (once) in Idaho's file, and expects exactly these errors, each on the first line
/// that has this text; `""`: on none.
fn check(changes: &[(&str, &str)], expect: &[(&str, &str)]) {
    let mut text = IDAHO.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let errors = load::programs(&[source("idaho.toml", &text)]).unwrap_err().to_string();
    let line = |mark: &str| 1 + text.lines().position(|line| line.contains(mark)).unwrap();
    let error = |(mark, rest): &(&str, &str)| match *mark {
        "" => format!("idaho.toml: {rest}"),
        mark => format!("idaho.toml:{}: {rest}", line(mark)),
    };
    let expect: Vec<String> = expect.iter().map(error).collect();
    assert_eq!(errors, expect.join("\n"));
}

#[test]
fn a_category_of_sensitive_data_needs_a_name_and_labels() {
    let category = |id: &str, codes: &str| {
        let text = "{ en = \"x\", es = \"x\" }";
        format!("[[sensitive]]\nid = \"{id}\"\ntitle = {text}\ndescription = {text}\ncodes = [{codes}]\n\n")
    };
    let categories = [
        category("Substance use", "\"urn:x|ETH\""),
        category("hiv", ""),
        category("mental-health", "\"ETH\", \"urn:x|a b\""),
    ];
    check(
        &[("[[guides]]\nsource = \"US Core", &format!("{}[[guides]]\nsource = \"US Core", categories.concat()))],
        &[
            ("Substance use", "`sensitive[1].id`: `Substance use` is not lower-case words joined by `-`"),
            ("codes = []", "`sensitive[2].codes`: lists no label, so nothing would be withheld"),
            ("\"ETH\", ", "`sensitive[3].codes[1]`: `ETH` is not `system|code`"),
            ("urn:x|a b", "`sensitive[3].codes[2]`: `urn:x|a b` is not `system|code`"),
        ],
    );
}

#[test]
fn words_that_mean_nothing_are_named_all_at_once() {
    check(
        &[
            (r#"{ code = "service-category", printed"#, r#"{ code = "service-kategory", printed"#),
            (r#"name = "public/Endpoint.read""#, r#"name = "public/Endpiont.read""#),
            (r#""OrganizationAffiliation:service:network""#, r#""OrganizationAffiliation:service""#),
            (
                r#""HealthcareService:coverage-area", "HealthcareService:org"#,
                r#""HealthcareService:nam", "HealthcareService:org"#,
            ),
            ("America/Chicago", "America/Chikago"),
            ("access_token = \"300s\"", "access_token = \"0s\""),
            ("http://hl7.org/fhir/us/core/history.html", "hl7.org"),
        ],
        &[
            ("access_token =", "`lifetimes.access_token`: must be longer than nothing"),
            ("Endpiont", "`scopes[7].name`: `public/Endpiont.read` opens Endpiont, which the program does not offer"),
            ("\"hl7.org\"", "`guides[1].history`: `hl7.org` is not a URL: relative URL without a base"),
            (
                "service-kategory",
                "`resources[1].parameters[8].code`: `service-kategory` is not a search parameter of HealthcareService",
            ),
            (
                "HealthcareService?service-category=prov&name=Stewart\",",
                "`resources[1].examples[1]`: `service-category` is not offered for HealthcareService",
            ),
            ("207R00000X", "`resources[1].examples[2]`: `service-category` is not offered for HealthcareService"),
            (
                "HealthcareService:nam\"",
                "`resources[1].includes[2]`: `nam` is not a search parameter of HealthcareService",
            ),
            (
                "reverse_chains = [\"OrganizationAffiliation:service\"]",
                "`resources[1].reverse_chains[1]`: `OrganizationAffiliation:service` is not `Type:reference:parameter`",
            ),
            ("Chikago", "`support.hours.time_zone`: `America/Chikago` is not a time zone"),
        ],
    );
}

#[test]
fn misplaced_keys_and_values_are_named_all_at_once() {
    check(
        &[
            ("api_version", "api_versoin"),
            ("grant_days = 365", "grant_days = \"a year\""),
            ("[[data_feeds]]\nname = \"Claims\"", "[[data_feeds]]\ntitle = \"Claims\""),
            ("interaction = \"read\"", "interaction = \"write\""),
            ("opens = \"09:00\"", "opens = \"9 o'clock\""),
        ],
        &[
            ("", "`api_version`: is missing"),
            ("api_versoin", "`api_versoin`: is not a key of a program file"),
            ("a year", "`lifetimes.grant_days`: invalid type: string \"a year\", expected u16"),
            (
                "write",
                "`resources[1].methods[1].interaction`: unknown variant `write`, expected one of `read`, `vread`, `search`",
            ),
            (
                "9 o'clock",
                "`support.hours.opens`: failed to parse two digit integer as hour: invalid digit, expected 0-9 but got  ",
            ),
            ("[[data_feeds]]", "`data_feeds[1]`: missing field `name`"),
            (
                "title = \"Claims\"",
                "`data_feeds[1].title`: unknown field `title`, expected one of \
                 `name`, `printed`, `business_days`, `calendar_days`, `kinds`",
            ),
        ],
    );
}

#[test]
fn syntax_errors_name_their_line() {
    check(
        &[("region = \"Idaho\"", "region = Idaho")],
        &[("region = Idaho", "`region`: invalid float, expected `inf`")],
    );
}

#[test]
fn what_does_not_hold_together_is_named() {
    check(
        &[
            ("id = \"optum-idaho\"", "id = \"sandbox\" # payer"),
            ("hosts = [\"authz.idaho.{D}\"]", "hosts = [\"authz.idaho.example.org\"]"),
            ("path = \"/fhirpublic/idaho/R4\"", "path = \"/fhir/idaho/R4\" # third"),
            ("grant_days = 365", "grant_days = 100"),
            ("tagline = \"", "tagline = \" \" # "),
            ("granted_with = [\"Patient\", ", "granted_with = [\"Location\", "),
            ("by = [\"date\"]", "by = [\"status\"]"),
            (
                "{ code = \"_count\", printed = \"string\" },",
                "{ code = \"_count\", printed = \"string\", required = true },",
            ),
        ],
        &[
            ("tagline", "`tagline`: is blank"),
            ("grant_days = 100", "`lifetimes.grant_days`: must be one of `grant_days_choices`"),
            ("# payer", "`payers[1].id`: `sandbox` would make its launch URL fall on another base"),
            ("example.org", "`bases[1].hosts[1]`: must be like `authz.example.{D}` or `fhir.example.{D}/R4`"),
            ("# third", "`bases[3].path`: `/fhir/idaho/R4` is taken by idaho"),
            (
                "required = true",
                "`resources[1].parameters[1].required`: `_count` selects nothing, so it cannot be required",
            ),
            ("by = [\"status\"]", "`resources[12].cut_off.by[1]`: `status` is not a date parameter of Encounter"),
            ("[\"Location\", ", "`resources[14].granted_with[1]`: `Location` is not offered with the same `access`"),
        ],
    );
}

#[test]
fn a_provider_that_cannot_be_asked_is_named() {
    check(
        &[(
            "name = \"Optum Idaho\"\n\n[[bases]]",
            "name = \"Optum Idaho\"\n[payers.identity_provider]\nenvironments = [\"sandbox\", \"sandbox\"]\n\
             member_id = { claim = \"member_id\", system = \"member-id\" }\nacts_for = \"member_id\"\nscopes = [\"profile phone\"]\n\n[[bases]]",
        )],
        &[
            ("\"sandbox\", \"sandbox\"", "`payers[1].identity_provider.environments[2]`: `sandbox` already exists"),
            (
                "\"member-id\"",
                "`payers[1].identity_provider.member_id.system`: `member-id` is not a URI: relative URL without a base",
            ),
            ("acts_for", "`payers[1].identity_provider.acts_for`: must name a claim of its own"),
            ("profile phone", "`payers[1].identity_provider.scopes[1]`: `profile phone` is not a scope"),
        ],
    );
}

#[test]
fn a_proof_by_card_that_cannot_be_asked_for_is_named() {
    let payer = "name = \"Optum Idaho\"\n\n[[bases]]";
    let with = |clause: &str| format!("name = \"Optum Idaho\"\n{clause}\n\n[[bases]]");
    for (clause, mark, expect) in [
        (
            "card_proof = { production = \"letter\" }",
            "card_proof",
            "`payers[1].card_proof.production`: unknown variant `letter`, expected one of `code`, `card`, `never`",
        ),
        (
            "card_proof = { staging = \"code\" }",
            "card_proof",
            "`payers[1].card_proof.staging`: unknown variant `staging`, expected `sandbox` or `production`",
        ),
        (
            "card_proof = \"code\"",
            "card_proof",
            "`payers[1].card_proof`: invalid type: string \"code\", expected a map",
        ),
        (
            "card_prof = { production = \"code\" }",
            "card_prof",
            "`payers[1].card_prof`: unknown field `card_prof`, expected one of `id`, `name`, `identity_provider`, `card_proof`",
        ),
        (
            "card_proof = { production = \"code\", sandbox = \"never\" }\n[payers.identity_provider]\nenvironments = [\"production\"]\n\
             member_id = { claim = \"member_id\", system = \"https://example.org/member\" }",
            "card_proof",
            "`payers[1].card_proof.production`: the payer has an identity provider in this environment, which says who is who",
        ),
    ] {
        check(&[(payer, &with(clause))], &[(mark, expect)]);
    }
    let alone = IDAHO.replace("environments = [\"sandbox\"]", "environments = [\"production\"]");
    let text = alone.replace(payer, &with("card_proof = { sandbox = \"code\" }"));
    let errors = load::programs(&[source("idaho.toml", &text)]).unwrap_err().to_string();
    assert!(errors.contains("`payers[1].card_proof.sandbox`: the program has no sandbox environment"), "{errors}");
}

#[test]
fn programs_may_not_share_a_place() {
    let other = IDAHO.replace("path = \"idaho\"", "path = \"other\"").replace("/authz/idaho\"", "/authz/other\"");
    let errors = load::programs(&[source("idaho.toml", IDAHO), source("other.toml", &other)]).unwrap_err();
    let places: Vec<&str> = errors.0.iter().map(|error| error.key.as_str()).collect();
    assert!(places.contains(&"bases[1].hosts[1]") && places.contains(&"bases[2].path"), "{places:?}");
    assert!(!places.contains(&"bases[1].path") && !places.contains(&"path"), "{places:?}");
    assert!(errors.0.iter().all(|error| error.file == "other.toml" && 0 < error.line));
}

#[test]
fn a_third_file_is_a_third_program() {
    let folder = env::temp_dir().join(format!("programs-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    for Source { name, text } in load::embedded() {
        fs::write(folder.join(name), text).unwrap();
    }
    let third = IDAHO.replace("idaho", "nevada").replace("sandbox.{D}", "sandbox.nevada.{D}");
    fs::write(folder.join("nevada.toml"), third).unwrap();
    let programs = Programs::from_folder(&folder);
    fs::remove_dir_all(&folder).unwrap();
    let ids: Vec<String> = programs.unwrap().iter().map(|program| program.id.to_string()).collect();
    assert_eq!(ids, ["idaho", "nevada", "oph-ca"]);
}

#[test]
fn a_folder_without_programs_is_an_error() {
    let missing = env::temp_dir().join("no-such-folder-of-programs");
    assert!(Programs::from_folder(&missing).is_err());
    assert_eq!(load::programs(&[]).unwrap_err().to_string(), "programs: no program file (*.toml) was found");
}

#[test]
fn only_what_opens_a_members_data_is_sensitive() {
    let name = r#"name = "public/Location.read""#;
    let marked = format!("{name}\nsensitive = {{ en = \"Why\", es = \"Por qué\" }}");
    let wrong = "`scopes[9].sensitive`: `public/Location.read` opens no member's data, so it cannot be sensitive";
    check(&[(name, &marked)], &[("sensitive = { en = \"Why\"", wrong)]);
}
