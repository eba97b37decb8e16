//! Pages and totals.

use fhir::search::request::Request;
use model::id::ClientId;
use serde_json::{Value, json};
use store::testing::on_each_database;

use crate::world::{BASE, World, entries, link};

fn practitioners(names: &[&str]) -> Vec<Value> {
    let make = |id: &&str| json!({ "resourceType": "Practitioner", "id": id, "name": [{ "family": "Smith", "given": ["Smithy", id] }] });
    names.iter().map(make).collect()
}

/// The ids of every page, following the links.
async fn pages(world: &World<'_>, query: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut next = Some(query.to_owned());
    while let Some(query) = next {
        let bundle = world.search(&world.public(), &query).await;
        pages.push(entries(&bundle, "match"));
        next = link(&bundle, "next");
    }
    pages
}

#[tokio::test]
async fn links_lead_through_every_match_once() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&practitioners(&["a", "b", "c", "d", "e"])).await;
        let all =
            vec![vec!["a".to_owned(), "b".to_owned()], vec!["c".to_owned(), "d".to_owned()], vec!["e".to_owned()]];
        for query in
            ["Practitioner?_count=2", "Practitioner?name=smi&_count=2", "Practitioner?family=s&name=smith&_count=2"]
        {
            assert_eq!(pages(&world, query).await, all, "{query}");
        }
        assert_eq!(pages(&world, "Practitioner?_count=5").await.len(), 1);
        assert_eq!(pages(&world, "Practitioner?_count=2&_getpagesoffset=3").await, [["d", "e"]]);
    })
    .await;
}

#[tokio::test]
async fn pages_stay_as_they_were_while_resources_come_and_change() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&practitioners(&["a", "b", "c", "d"])).await;
        let first = world.search(&world.public(), "Practitioner?name=smith&_count=2").await;
        let mut changed = practitioners(&["a", "c"]);
        changed[0]["name"][0]["family"] = "Smithers".into();
        changed[1]["gender"] = "female".into();
        world.load(&changed).await;
        world.load(&practitioners(&["0", "z"])).await;
        let next = link(&first, "next").unwrap();
        assert_eq!(entries(&first, "match"), ["a", "b"]);
        assert_eq!(pages(&world, &next).await, [["c", "d"], ["0", "z"]]);
    })
    .await;
}

#[tokio::test]
async fn totals_are_right_however_they_are_asked_for() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let public = world.public();
        assert_eq!(world.search(&public, "Practitioner").await["total"], 0);
        world.load(&practitioners(&["a", "b", "c"])).await;
        for query in [
            "_count=0",
            "_summary=count",
            "_count=2",
            "_count=500",
            "_count=100000",
            "name=smith&_count=1",
            "_getpagesoffset=2",
        ] {
            let bundle = world.search(&public, &format!("Practitioner?{query}")).await;
            assert_eq!(bundle["total"], 3, "{query}");
        }
        assert!(world.search(&public, "Practitioner?_count=0").await["entry"].is_null());
        assert!(world.search(&public, "Practitioner?_total=none&_count=1").await["total"].is_null());
        world.load(&practitioners(&["d"])).await;
        assert_eq!(world.search(&public, "Practitioner?_count=1").await["total"], 4);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_bound_to_its_query() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&practitioners(&["a", "b"])).await;
        let next = link(&world.search(&world.public(), "Practitioner?name=smith&_count=1").await, "next").unwrap();
        assert!(world.try_search(&world.public(), &next.replace("smith", "smi")).await.is_err());
        assert!(world.try_search(&world.public(), &next.replace("_count=1", "_count=2")).await.is_err());
        assert_eq!(world.ids(&world.public(), &next).await, ["b"]);
        // The same query by an app is another app's, so the link does not work.
        let app = world.public().of_client(ClientId::new("app"));
        assert!(world.try_search(&app, &next).await.is_err());
        assert_eq!(world.ids(&app, "Practitioner?name=smith&_count=1").await, ["a"]);
    })
    .await;
}

#[tokio::test]
async fn every_page_names_itself_the_first_and_its_neighbours() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&practitioners(&["a", "b", "c", "d", "e"])).await;
        let query = "Practitioner?name=smith&_count=2";
        let first = world.search(&world.public(), query).await;
        assert_eq!(link(&first, "self").as_deref(), Some(query));
        assert_eq!((link(&first, "previous"), link(&first, "first")), (None, None));
        let next = link(&first, "next").unwrap();
        let second = world.search(&world.public(), &next).await;
        assert_eq!(link(&second, "self").unwrap(), next);
        assert_eq!(link(&second, "first").as_deref(), Some(query));
        let back = world.search(&world.public(), &link(&second, "previous").unwrap()).await;
        assert_eq!((entries(&back, "match"), link(&back, "next")), (entries(&first, "match"), Some(next)));
        assert_eq!(link(&back, "previous"), None);
        let offset = world.search(&world.public(), "Practitioner?_getpagesoffset=3").await;
        assert_eq!(link(&offset, "self").as_deref(), Some("Practitioner?_getpagesoffset=3"));
        let before = world.search(&world.public(), &link(&offset, "previous").unwrap()).await;
        assert_eq!(entries(&before, "match"), ["a", "b", "c"]);
    })
    .await;
}

#[tokio::test]
async fn elements_leave_out_the_rest() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&practitioners(&["a"])).await;
        let bundle = world.search(&world.public(), "Practitioner?_elements=gender").await;
        let resource = &bundle["entry"][0]["resource"];
        assert!(resource["name"].is_null() && resource["id"] == "a");
        assert_eq!(resource["meta"]["tag"][0]["code"], "SUBSETTED");
        for (summary, name, text) in
            [("true", true, false), ("text", false, true), ("data", true, false), ("false", true, true)]
        {
            let mut person = practitioners(&["a"]);
            person[0]["text"] =
                json!({ "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>" });
            world.load(&person).await;
            let bundle = world.search(&world.public(), &format!("Practitioner?_summary={summary}")).await;
            let resource = &bundle["entry"][0]["resource"];
            assert_eq!((resource["name"].is_array(), resource["text"].is_object()), (name, text), "{summary}");
            assert_eq!(resource["meta"]["tag"].is_array(), summary != "false", "{summary}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_links_of_a_lenient_search_are_followed_without_saying_so_again() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        let affiliation = |id: &str| json!({ "resourceType": "OrganizationAffiliation", "id": id });
        world.load(&[affiliation("a"), affiliation("b")]).await;
        let parameters = [("_count".to_owned(), "1".to_owned()), ("unlisted".to_owned(), "x".to_owned())];
        let request =
            Request { base: BASE, kind: "OrganizationAffiliation", parameters: &parameters, is_lenient: true };
        let bundle = world.engine.search(&world.public(), &request).await.unwrap();
        let bundle: Value = serde_json::from_str(&bundle).unwrap();
        assert_eq!(entries(&bundle, "match"), ["a"]);
        assert_eq!(bundle["entry"][1]["resource"]["issue"].as_array().unwrap().len(), 2);
        assert_eq!(world.ids(&world.public(), &link(&bundle, "next").unwrap()).await, ["b"]);
        assert!(world.try_search(&world.public(), "OrganizationAffiliation?_count=1").await.is_err());
    })
    .await;
}
