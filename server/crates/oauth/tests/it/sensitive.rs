//! Sensitive categories: the member selects them separately, and every token of the grant follows the newest choice.

use std::{collections::BTreeSet, fs, path::Path, sync::Arc};

use oauth::consent::{self, Choice};
use programs::Programs;
use store::testing::{on_each_database, temporary_folder};

use crate::world::{App, CA, Person, World, all, request};

const FHIR: &str = "/fhir/oph/ca/R4";
const CLAIMS: &str = "patient/ExplanationOfBenefit.read";

/// California's program with a category of sensitive data.
fn programs() -> Arc<Programs> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../programs/oph-ca.toml");
    let category = "\n[[sensitive]]\nid = \"substance-use\"\ntitle = { en = \"Substance use\", es = \"Sustancias\" }\n\
        description = { en = \"x\", es = \"x\" }\ncodes = [\"http://terminology.hl7.org/CodeSystem/v3-ActCode|ETH\"]\n";
    let folder = temporary_folder("programs");
    fs::write(folder.join("oph-ca.toml"), fs::read_to_string(file).unwrap() + category).unwrap();
    let programs = Programs::from_folder(&folder).unwrap();
    fs::remove_dir_all(folder).unwrap();
    Arc::new(programs)
}

fn selecting(categories: &[&str]) -> Choice {
    Choice { sensitive: categories.iter().map(|id| (*id).to_owned()).collect(), ..all(CLAIMS) }
}

async fn allowed(world: &World<'_>, token: &str) -> BTreeSet<String> {
    world.call(FHIR, token).await.unwrap().sensitive
}

async fn offered(world: &World<'_>, app: &App, scope: &str, ann: &Person) -> Vec<(String, bool)> {
    let payer = world.programs.get(&app.partition.program).unwrap().payers[0].id.clone();
    let handle = world.authorize(CA, Some(payer.as_str()), &request(app, scope), ann).await.unwrap();
    let view = consent::view(&mut world.read().await, &world.programs, &ann.visit(&handle)).await.unwrap();
    view.sensitive.into_iter().map(|category| (category.id, category.was_allowed)).collect()
}

#[tokio::test]
async fn a_category_is_allowed_only_where_the_member_selects_it_and_until_the_next_choice() {
    on_each_database(async |test| {
        let world = World::with(test, programs()).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        assert_eq!(offered(&world, &app, CLAIMS, &ann).await, [("substance-use".to_owned(), false)]);
        assert_eq!(offered(&world, &app, "public/Location.read", &ann).await, []);

        let none = world.tokens_for(&app, CLAIMS, &ann, &selecting(&["all", ""])).await;
        assert!(allowed(&world, &none.access_token).await.is_empty(), "only what the program has");
        let some = world.tokens_for(&app, CLAIMS, &ann, &selecting(&["substance-use"])).await;
        let substance_use = BTreeSet::from(["substance-use".to_owned()]);
        assert_eq!(allowed(&world, &some.access_token).await, substance_use);
        assert_eq!(offered(&world, &app, CLAIMS, &ann).await, [("substance-use".to_owned(), true)]);

        world.tokens_for(&app, CLAIMS, &ann, &selecting(&[])).await;
        assert!(allowed(&world, &some.access_token).await.is_empty(), "taken back at the next call");
    })
    .await;
}

#[tokio::test]
async fn what_was_selected_is_kept_while_the_page_changes_its_language() {
    on_each_database(async |test| {
        let world = World::with(test, programs()).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let payer = world.programs.get(&app.partition.program).unwrap().payers[0].id.clone();
        let handle = world.authorize(CA, Some(payer.as_str()), &request(&app, CLAIMS), &ann).await.unwrap();
        let visit = ann.visit(&handle);
        let mut ctx = world.write().await;
        let shown = consent::view(&mut ctx, &world.programs, &visit).await.unwrap().shown;
        let hostile = "x".repeat(10_000);
        let choice = Choice { shown, ..selecting(&["substance-use", &hostile]) };
        consent::remember(&mut ctx, &world.programs, &visit, choice).await.unwrap();
        let draft = consent::view(&mut ctx, &world.programs, &visit).await.unwrap().draft.unwrap();
        assert_eq!(draft.sensitive, ["substance-use"]);
    })
    .await;
}
