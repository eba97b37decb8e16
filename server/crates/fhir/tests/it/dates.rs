//! Dates, compared with an oracle that applies R4's definitions moment by moment.

use serde_json::{Value, json};
use store::testing::on_each_database;

use crate::world::World;

/// Days since 2020-01-01, from and to (exclusive); `None` if open.
type Days = (Option<i64>, Option<i64>);

/// What encounters state, and the days that this covers.
const PERIODS: [(&str, &str, &str, Days); 7] = [
    ("point", "2020-02-01", "2020-02-01", (Some(31), Some(32))),
    ("month", "2020-02", "2020-02", (Some(31), Some(60))),
    ("winter", "2020-01-15", "2020-03-10", (Some(14), Some(70))),
    ("open", "2020-02-01", "", (Some(31), None)),
    ("ended", "", "2020-02-01", (None, Some(32))),
    ("late", "2020-06-01", "2020-06-02", (Some(152), Some(154))),
    ("moment", "2020-02-01T12:00:00Z", "2020-02-01T13:00:00Z", (Some(31), Some(32))),
];

const SOUGHT: [(&str, (i64, i64)); 5] = [
    ("2020", (0, 366)),
    ("2020-02", (31, 60)),
    ("2020-02-01", (31, 32)),
    ("2020-06-02", (153, 154)),
    ("2020-01-14", (13, 14)),
];

/// hl7.org/fhir/R4/search.html#prefix, for ranges of whole days. The moment is only within its day.
fn matches(prefix: &str, id: &str, target: Days, sought: (i64, i64)) -> bool {
    let low = target.0.unwrap_or(i64::MIN);
    let high = target.1.unwrap_or(i64::MAX);
    let contains = sought.0 <= low && high <= sought.1;
    // `moment` ends before its day does, so none of it is above or below that day.
    let is_within = id == "moment" && sought.0 <= 31 && 32 <= sought.1;
    match prefix {
        "eq" | "" => contains,
        "ne" => !contains,
        "gt" => sought.1 < high && !is_within,
        "lt" => low < sought.0 && !is_within,
        "ge" => sought.1 < high || contains,
        "le" => low < sought.0 || contains,
        "sa" => sought.1 <= low,
        "eb" => high <= sought.0,
        _ => unreachable!("{prefix}"),
    }
}

fn encounter(id: &str, start: &str, end: &str) -> Value {
    let mut period = json!({});
    if !start.is_empty() {
        period["start"] = start.into();
    }
    if !end.is_empty() {
        period["end"] = end.into();
    }
    json!({ "resourceType": "Encounter", "id": id, "subject": { "reference": "Patient/p" }, "period": period })
}

#[tokio::test]
async fn every_prefix_compares_ranges_as_r4_says() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let patient = json!({ "resourceType": "Patient", "id": "p" });
        let encounters = PERIODS.iter().map(|(id, start, end, _)| encounter(id, start, end));
        world.load(&encounters.chain([patient]).collect::<Vec<_>>()).await;
        let member = world.member("p");
        for prefix in ["", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb"] {
            for (text, days) in SOUGHT {
                let found = world.ids(&member, &format!("Encounter?date={prefix}{text}")).await;
                let expect = PERIODS.iter().filter(|(id, _, _, period)| matches(prefix, id, *period, days));
                let mut expect: Vec<&str> = expect.map(|(id, ..)| *id).collect();
                expect.sort_unstable();
                assert_eq!(found, expect, "{prefix}{text}");
            }
        }
        assert_eq!(world.ids(&member, "Encounter?date=gt2020-03&date=lt2020-06-02").await, ["late", "open"]);
        assert_eq!(world.ids(&member, "Encounter?date=2020-02-01,2020-06").await, ["late", "moment", "point"]);
    })
    .await;
}

#[tokio::test]
async fn last_updated_is_when_it_was_loaded() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        // The tests' clock: 2026-03-02T17:00:00Z.
        world.load(&[json!({ "resourceType": "Location", "id": "l" })]).await;
        let public = world.public();
        let l: &[&str] = &["l"];
        for (value, expect) in [
            ("gt2019", l),
            ("2026-03-02", l),
            ("2026-03-02T17:00:00Z", l),
            ("lt2026-03-02", &[]),
            ("gt2026-03-02T17:00:00.000Z", &[]),
            ("ge2026-03-02T17:00:00.000Z", l),
            ("eb2026-03-02T17:00:01Z", l),
            ("sa2026-03-02T16:59:59Z", l),
            ("ap2026-03-02", l),
            ("2026-03-02T18:00:00+01:00", l),
            ("2026-03-02T18:00:00 01:00", l),
        ] {
            assert_eq!(world.ids(&public, &format!("Location?_lastUpdated={value}")).await, expect, "{value}");
        }
        assert_eq!(world.ids(&public, "Location?_lastupdated=gt2019").await, ["l"]);
    })
    .await;
}

#[tokio::test]
async fn records_before_the_cut_off_are_never_there() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let condition = |id: &str, onset: &str| {
            json!({ "resourceType": "Condition", "id": id, "subject": { "reference": "Patient/p" }, "onsetDateTime": onset })
        };
        let provenance = json!({ "resourceType": "Provenance", "id": "v", "target": [{ "reference": "Condition/old" }] });
        let patient = json!({ "resourceType": "Patient", "id": "p" });
        let undated = json!({ "resourceType": "Condition", "id": "undated", "subject": { "reference": "Patient/p" } });
        let open = encounter("open", "2014-05-01", "");
        let straddling = encounter("straddling", "2015-12-30", "2016-01-02");
        world.load(&[patient, condition("old", "2015-12-31"), condition("new", "2016-01-01"), undated, open, straddling, provenance]).await;
        let member = world.member("p");
        assert_eq!(world.ids(&member, "Condition?patient=p").await, ["new", "undated"]);
        assert_eq!(world.ids(&member, "Encounter").await, ["straddling"]);
        assert!(world.read(&member, "Condition", "old").await.is_err());
        assert!(world.engine.vread(&member, "Condition", "old", "1").await.is_err());
        assert!(world.read(&member, "Provenance", "v").await.is_err());
        assert_eq!(world.search(&member, "Condition?_summary=count").await["total"], 2);
    })
    .await;
}
