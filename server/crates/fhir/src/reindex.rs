//! Rebuilds the indexes of a partition from its resources after its search parameters changed.

use model::partition::Partition;
use programs::Programs;
use store::{FromRow, Query, Row, Store, Tx, Value, sql};

use crate::{
    catalog::{self, Catalog},
    error::Result,
    index::rows::IndexRows,
    load::{
        keys::{Keys, Names},
        prepare::Preparer,
        resource::Parsed,
        rows::push_list,
        settle,
    },
};

/// Resources per transaction.
const BATCH: i64 = 1_000;

/// Rebuilds the indexes. Searches and loads answer 503 until it is done; reads continue. After an interruption it
/// starts over. If it runs twice at the same time, the second run wins and the first fails. Returns how many resources
/// there are; `observe` receives progress after each batch.
pub async fn run(
    store: &Store,
    programs: &Programs,
    partition: &Partition,
    mut observe: impl FnMut(u64),
) -> Result<u64> {
    let program = catalog::program(programs, partition)?;
    let mut ctx = store.write().await?;
    // Then no load or other rebuild is in the middle of a batch.
    catalog::lock_keys(&mut ctx.tx).await?;
    Catalog::begin_rebuild(&mut ctx.tx, partition).await?;
    let Some(old) = Catalog::find(&mut ctx.tx, program, partition).await? else { return Ok(0) };
    ctx.commit().await?;
    clear(store, &old).await?;

    let mut ctx = store.write().await?;
    catalog::lock_keys(&mut ctx.tx).await?;
    let catalog = old.renew(&mut ctx.tx, program).await?;
    ctx.commit().await?;
    let preparer = Preparer::new(program, partition.environment, &catalog);
    let mut rebuild = Rebuild { store, preparer, catalog, keys: Keys::default() };
    let (mut after, mut done) = (0, 0);
    while let Some((last, count)) = rebuild.batch(after).await? {
        after = last;
        done += count;
        observe(done);
    }

    let mut ctx = store.write().await?;
    catalog::lock_keys(&mut ctx.tx).await?;
    rebuild.catalog.check_numbers(&mut ctx.tx).await?;
    let through = rebuild.preparer.through();
    if !through.is_empty() {
        settle::settle(&mut ctx.tx, &through).await?;
    }
    rebuild.catalog.end_rebuild(&mut ctx.tx, program).await?;
    ctx.commit().await?;
    analyze(store).await?;
    Ok(done)
}

/// The index tables, each with the column by which the rows of a parameter are ordered.
const TABLES: [(&str, &str); 6] = [
    ("fhir_string", "value"),
    ("fhir_token", "code"),
    ("fhir_reference", "target"),
    ("fhir_date", "low"),
    ("fhir_canonical", "uri"),
    ("fhir_position", "latitude"),
];

/// Call it after large writes, so that searches are planned for the current data.
pub(crate) async fn analyze(store: &Store) -> Result<()> {
    let tables: Vec<&str> = TABLES.into_iter().map(|(table, _)| table).chain(["fhir_resource"]).collect();
    Ok(store.db.analyze(&tables).await?)
}

/// Removes every index row, some at a time, so that other writers need not wait long.
async fn clear(store: &Store, catalog: &Catalog) -> Result<()> {
    for param in catalog.params() {
        for (table, column) in TABLES {
            while clear_some(store, param, table, column).await? {}
        }
    }
    Ok(())
}

/// Removes a parameter's first rows, up to and including all rows of some value. Returns whether there may be more.
async fn clear_some(store: &Store, param: i64, table: &str, column: &str) -> Result<bool> {
    const SOME: i64 = 5_000;
    let mut ctx = store.write().await?;
    let mut delete = sql("DELETE FROM ");
    delete.push(table).push(" WHERE param = ").push_bind(param);
    let (from, to) =
        (format!(" AND {column} <= (SELECT {column} FROM {table} WHERE param = "), format!(" ORDER BY {column}"));
    let mut some = delete.clone();
    some.push(&from).push_bind(param).push(&to).push(" LIMIT 1 OFFSET ").push_bind(SOME).push(")");
    let is_some = 0 < some.execute(&mut ctx.tx).await?;
    if !is_some {
        // Fewer rows than that are left.
        delete.execute(&mut ctx.tx).await?;
    }
    ctx.commit().await?;
    Ok(is_some)
}

struct Rebuild<'a> {
    store: &'a Store,
    catalog: Catalog,
    preparer: Preparer,
    keys: Keys,
}

struct Current {
    key: i64,
    compartment: Option<i64>,
    guarded: bool,
    body: String,
    sensitive: i64,
}

impl FromRow for Current {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            key: row.get(0)?,
            compartment: row.get(1)?,
            guarded: row.get(2)?,
            body: row.get(3)?,
            sensitive: row.get(4)?,
        })
    }
}

impl Rebuild<'_> {
    /// The next resources after a key. Returns the last one's key and their count.
    async fn batch(&mut self, after: i64) -> Result<Option<(i64, u64)>> {
        let mut ctx = self.store.write().await?;
        catalog::lock_keys(&mut ctx.tx).await?;
        let resources: Vec<Current> = self.query(after).fetch_all(&mut ctx.tx).await?;
        let Some(last) = resources.last().map(|resource| resource.key) else { return Ok(None) };
        let count = resources.len() as u64;
        self.keys.shrink();
        let (mut names, patient) = (Names::default(), self.catalog.kind_number("Patient"));
        let mut prepared = Vec::with_capacity(resources.len());
        for current in resources {
            // A resource that was once accepted and is refused today belongs to no one.
            let new = Parsed::parse(&current.body).and_then(|parsed| self.preparer.prepare(parsed)).ok();
            if let Some(new) = &new {
                self.keys.name(&mut names, &new.entries, |kind| self.catalog.kind_number(kind));
                self.keys.name_owner(&mut names, &new.owner, patient);
            }
            prepared.push((current, new));
        }
        self.keys.resolve(&mut ctx.tx, names, ctx.now).await?;
        let mut rows = IndexRows::default();
        for (current, new) in prepared {
            let compartment = new.as_ref().and_then(|new| self.keys.compartment(new, current.key, patient));
            let guarded = new.as_ref().is_some_and(|new| new.guarded);
            let sensitive = new.as_ref().map_or(0, |new| new.sensitive);
            if (compartment, guarded, sensitive) != (current.compartment, current.guarded, current.sensitive) {
                update(&mut ctx.tx, current.key, compartment, guarded, sensitive).await?;
            }
            if let Some(new) = new {
                rows.add(current.key, new.entries, &self.keys, |kind| self.catalog.kind_number(kind));
            }
        }
        rows.insert(&mut ctx.tx).await?;
        self.catalog.check_numbers(&mut ctx.tx).await?;
        ctx.commit().await?;
        Ok(Some((last, count)))
    }

    fn query(&self, after: i64) -> Query {
        let mut query = sql("SELECT key, compartment, guarded, body, sensitive FROM fhir_resource WHERE key > ");
        query.push_bind(after).push(" AND 0 < version AND NOT deleted AND kind IN ");
        let kinds: Vec<Value> = self.catalog.kind_numbers().map(Value::from).collect();
        push_list(&mut query, &kinds);
        query.push(" ORDER BY key").push_limit(BATCH);
        query
    }
}

async fn update(tx: &mut Tx, key: i64, compartment: Option<i64>, guarded: bool, sensitive: i64) -> Result<()> {
    sql("UPDATE fhir_resource SET compartment = $1, guarded = $2, sensitive = $3 WHERE key = $4")
        .bind(compartment)
        .bind(guarded)
        .bind(sensitive)
        .bind(key)
        .execute(tx)
        .await?;
    Ok(())
}
