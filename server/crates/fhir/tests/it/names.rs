//! Names as people type them.

use serde_json::{Value, json};
use store::testing::on_each_database;

use crate::world::World;

fn person(id: &str, name: &Value) -> Value {
    json!({ "resourceType": "Practitioner", "id": id, "name": [name] })
}

async fn check(resources: &[Value], table: &[(&str, &[&str])]) {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        let (_, rejects) = world.load(resources).await;
        assert!(rejects.is_empty(), "{rejects:?}");
        for (query, expect) in table {
            assert_eq!(world.ids(&world.public(), query).await, *expect, "{query}");
        }
    })
    .await;
}

fn people() -> Vec<Value> {
    vec![
        person("dsouza", &json!({ "family": "D'Souza-Hart", "given": ["Amy", "B."] })),
        person("curly", &json!({ "family": "D\u{2019}Souza\u{2010}Hart", "given": ["Zoë"] })),
        person("quinones", &json!({ "family": "Carreño Quiñones", "given": ["Ana María"], "suffix": ["M.D."] })),
        person("text", &json!({ "text": "Dr. Scott O`Neil, PhD" })),
        person("van", &json!({ "family": "van der Berg", "given": ["Jean-Luc"] })),
        person("strasse", &json!({ "family": "Großmann", "given": ["Łukasz"] })),
        person("dordevic", &json!({ "family": "Đorđević", "given": ["Sørén"] })),
        person("greek", &json!({ "family": "Παπαδόπουλος", "given": ["Γιώργος"] })),
        person("turk", &json!({ "family": "Işık", "given": ["İbrahim"] })),
        person("icelandic", &json!({ "family": "Þórðarson", "given": ["Ægir"] })),
        person("okina", &json!({ "family": "Kaʻahumanu", "given": ["Kalaniʼōpuʻu"] })),
    ]
}

#[tokio::test]
async fn apostrophes_hyphens_and_blanks_of_all_kinds_do_not_count() {
    let mut table: Vec<(String, &[&str])> = Vec::new();
    for apostrophe in
        ["'", "\u{2019}", "\u{2018}", "\u{2bc}", "\u{2bb}", "`", "\u{b4}", "\u{ff07}", "\u{2032}", "", " "]
    {
        for hyphen in [
            "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}", "\u{ad}", " ", "\u{a0}", "",
            " - ",
        ] {
            table.push((format!("Practitioner?family=d{apostrophe}souza{hyphen}hart"), &["curly", "dsouza"]));
        }
    }
    let table: Vec<(&str, &[&str])> = table.iter().map(|(query, expect)| (query.as_str(), *expect)).collect();
    check(&people(), &table).await;
}

#[tokio::test]
async fn each_family_name_counts() {
    check(
        &people(),
        &[
            ("Practitioner?family=quinones", &["quinones"]),
            ("Practitioner?family=QUIÑONES", &["quinones"]),
            ("Practitioner?family=carreno", &["quinones"]),
            ("Practitioner?family=carreno-quinones", &["quinones"]),
            ("Practitioner?family=souza hart", &["curly", "dsouza"]),
            ("Practitioner?family=hart", &["curly", "dsouza"]),
            ("Practitioner?family=berg", &["van"]),
            ("Practitioner?family=vanderberg", &["van"]),
            ("Practitioner?family=der", &["van"]),
            ("Practitioner?family=ouza", &[]),
            ("Practitioner?family=uinones", &[]),
            ("Practitioner?family=amy", &[]),
            ("Practitioner?name=quinones", &["quinones"]),
            ("Practitioner?name=hart", &["curly", "dsouza"]),
            ("Practitioner?given=maria", &[]),
            ("Practitioner?given=ana-maria", &["quinones"]),
            ("Practitioner?given=jeanluc", &["van"]),
            ("Practitioner?family:exact=D'Souza-Hart", &["dsouza"]),
            ("Practitioner?family:exact=D\u{2019}Souza\u{2010}Hart", &["curly"]),
            ("Practitioner?family:exact=D'Souza", &[]),
            ("Practitioner?family:exact=Souza-Hart", &[]),
            ("Practitioner?family:exact=Quiñones", &[]),
            ("Practitioner?family:contains=zah", &["curly", "dsouza"]),
            ("Practitioner?family:contains=za-h", &["curly", "dsouza"]),
            ("Practitioner?name:contains=harta", &[]),
            ("Practitioner?family=-", &[]),
            ("Practitioner?family:contains='", &[]),
            ("Practitioner?family=',quinones", &["quinones"]),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_whole_name_is_found_in_whatever_order() {
    check(
        &people(),
        &[
            (r"Practitioner?name=D'Souza-Hart\, Amy", &["dsouza"]),
            ("Practitioner?name=Amy D'Souza-Hart", &["dsouza"]),
            ("Practitioner?name=Amy B. D\u{2019}Souza-Hart", &["dsouza"]),
            ("Practitioner?name=amy hart", &["dsouza"]),
            ("Practitioner?name=Amy D Souza Hart", &["dsouza"]),
            ("Practitioner?name=dsouzahart amy", &["dsouza"]),
            ("Practitioner?name=Ana Maria Carreno Quinones", &["quinones"]),
            (r"Practitioner?name=Carreño Quiñones\, Ana María\, M.D.", &["quinones"]),
            ("Practitioner?name=maria quinones", &["quinones"]),
            ("Practitioner?name=maria", &[]),
            ("Practitioner?name=Scott ONeil", &["text"]),
            ("Practitioner?name=o'neil", &["text"]),
            ("Practitioner?name=O\u{2019}Neil\\, Scott", &["text"]),
            ("Practitioner?name=amy quinones", &[]),
            ("Practitioner?name=amy hart zz", &[]),
            ("Practitioner?name:exact=Amy D'Souza-Hart", &[]),
        ],
    )
    .await;
}

#[tokio::test]
async fn letters_fold_whether_they_decompose_or_not() {
    check(
        &people(),
        &[
            ("Practitioner?family=grossmann", &["strasse"]),
            ("Practitioner?family=GROSSMANN", &["strasse"]),
            ("Practitioner?family=groß", &["strasse"]),
            ("Practitioner?family=GROẞ", &["strasse"]),
            ("Practitioner?given=lukasz", &["strasse"]),
            ("Practitioner?family=dordevic", &["dordevic"]),
            ("Practitioner?family=ĐORĐE", &["dordevic"]),
            ("Practitioner?given=soren", &["dordevic"]),
            ("Practitioner?family=παπαδοπουλος", &["greek"]),
            ("Practitioner?family=ΠΑΠΑΔΟΠΟΥΛΟΣ", &["greek"]),
            ("Practitioner?given=γιωργοσ", &["greek"]),
            ("Practitioner?family=isik", &["turk"]),
            ("Practitioner?family=IŞIK", &["turk"]),
            ("Practitioner?given=ibrahim", &["turk"]),
            ("Practitioner?family=thordarson", &["icelandic"]),
            ("Practitioner?given=aegir", &["icelandic"]),
            ("Practitioner?family=kaahumanu", &["okina"]),
            ("Practitioner?family=ka'ahumanu", &["okina"]),
            ("Practitioner?given=kalaniopuu", &["okina"]),
            ("Practitioner?family=Carren\u{303}o", &["quinones"]),
        ],
    )
    .await;
}

#[tokio::test]
async fn organizations_cities_and_addresses_are_alike() {
    let place = |id: &str, city: &str, line: &str| json!({ "resourceType": "Location", "id": id, "address": { "city": city, "line": [line] } });
    let organization = |id: &str, name: &str| json!({ "resourceType": "Organization", "id": id, "name": name });
    check(
        &[
            place("coeur", "Coeur d\u{2019}Alene", "12-14 Großer Weg"),
            place("winston", "Winston-Salem", "St. Mary's Road"),
            organization("luke", "St. Luke\u{2019}s Health System, Ltd."),
            organization("att", "A.T.&T. Clínica Łódź"),
        ],
        &[
            ("Location?address-city=coeur d'alene", &["coeur"]),
            ("Location?address-city=coeurdalene", &["coeur"]),
            ("Location?address-city=winston salem", &["winston"]),
            ("Location?address-city=alene", &[]),
            ("Location?address=grosser weg", &["coeur"]),
            ("Location?address=st marys", &["winston"]),
            ("Location?address=alene", &["coeur"]),
            ("Organization?name=st lukes", &["luke"]),
            ("Organization?name=St Luke's Health System Ltd", &["luke"]),
            ("Organization?name=lukes", &[]),
            ("Organization?name=att clinica lodz", &["att"]),
            ("Organization?name:exact=St. Luke's Health System, Ltd.", &[]),
        ],
    )
    .await;
}

#[tokio::test]
async fn sorting_goes_by_whole_names() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world
            .load(&[
                person("1", &json!({ "family": "Young Abel" })),
                person("2", &json!({ "family": "Miller" })),
                person("3", &json!({ "family": "Brown Zed" })),
            ])
            .await;
        for (sort, expect) in [("family", ["3", "2", "1"]), ("-family", ["1", "2", "3"]), ("name", ["3", "2", "1"])] {
            let bundle = world.search(&world.public(), &format!("Practitioner?_sort={sort}")).await;
            let ids: Vec<&str> = bundle["entry"]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| entry["resource"]["id"].as_str().unwrap())
                .collect();
            assert_eq!(ids, expect, "{sort}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_changed_name_is_found_as_it_is_and_no_longer_as_it_was() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        let found = async |query: &str| world.ids(&world.public(), query).await;
        world.load(&[person("p", &json!({ "family": "Smith Jones", "given": ["Ana Maria"] }))]).await;
        assert_eq!(found("Practitioner?family=jones").await, ["p"]);
        // What used to be a part of a name is now all of it.
        world.load(&[person("p", &json!({ "family": "Jones", "given": ["Maria"] }))]).await;
        assert_eq!(found("Practitioner?family:exact=Jones").await, ["p"]);
        assert_eq!(found("Practitioner?name=maria").await, ["p"]);
        assert!(found("Practitioner?family=smith").await.is_empty());
        world.load(&[person("p", &json!({ "family": "Smith" }))]).await;
        assert!(found("Practitioner?family=jones").await.is_empty());
        assert!(found("Practitioner?name=maria smith").await.is_empty());
    })
    .await;
}
