//! The numbers that represent a partition, its types and its search parameters in the tables.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use jiff::Timestamp;
use model::partition::Partition;
use programs::{Programs, definitions::Definition, definitions::ParameterKind, program::Program, resource::Search};
use store::{Tx, sql};

use crate::{
    digest::digest,
    error::{Error, Result},
    index::contained::kind_of,
};

/// Part of the digest of the search parameters. Increase it when values are read or folded differently.
const INDEX_VERSION: u32 = 3;

/// One partition's numbers.
#[derive(Debug)]
pub struct Catalog {
    pub part: i64,
    /// Increases with every change to the partition's resources.
    pub epoch: i64,
    /// When they last changed. Everything up to this moment is saved, and every later change has a later moment.
    pub updated_at: Timestamp,
    /// Whether the indexes were built with the current search parameters.
    pub is_current: bool,
    kinds: BTreeMap<String, KindNumbers>,
    /// The types of contained resources, as the indexes name them: `#Practitioner`.
    contained: Vec<i64>,
}

/// One type's numbers.
#[derive(Debug)]
pub struct KindNumbers {
    pub kind: i64,
    params: HashMap<String, i64>,
}

impl Catalog {
    /// The catalog of a partition into which nothing was loaded.
    pub fn empty() -> Self {
        Self {
            part: NO_NUMBER,
            epoch: 0,
            updated_at: Timestamp::UNIX_EPOCH,
            is_current: true,
            kinds: BTreeMap::new(),
            contained: Vec::new(),
        }
    }

    /// `None` if nothing was loaded yet.
    pub async fn find(tx: &mut Tx, program: &Program, partition: &Partition) -> Result<Option<Self>> {
        let found: Option<(i64, i64, Timestamp, String)> = sql(
            "SELECT part, epoch, updated_at, definitions FROM fhir_partition WHERE program = $1 AND environment = $2",
        )
        .bind(&partition.program)
        .bind(partition.environment)
        .fetch_optional(tx)
        .await?;
        let Some((part, epoch, updated_at, definitions)) = found else { return Ok(None) };
        let is_current = definitions == Indexed::of(program).digest();
        let (kinds, contained) = (kinds(tx, part).await?, contained(tx, part).await?);
        Ok(Some(Self { part, epoch, updated_at, is_current, kinds, contained }))
    }

    /// The partition's numbers, which it gets now if it has none. Fails with [`Error::Stale`] if it has resources that
    /// were indexed with other search parameters.
    pub async fn open(tx: &mut Tx, program: &Program, partition: &Partition) -> Result<Self> {
        let indexed = Indexed::of(program);
        sql("INSERT INTO fhir_partition (part, program, environment, epoch, updated_at, definitions) \
             VALUES ($1, $2, $3, 0, 0, $4) \
             ON CONFLICT (program, environment) DO NOTHING")
        .bind(numbers(tx, 1).await?)
        .bind(&partition.program)
        .bind(partition.environment)
        .bind(indexed.digest())
        .execute(tx)
        .await?;
        let found = Self::find(tx, program, partition).await?.ok_or(store::Error::Missing)?;
        if !found.is_current {
            return Err(Error::Stale);
        }
        found.complete(tx, &indexed).await
    }

    /// Makes searches and loads wait until [`Catalog::end_rebuild`].
    pub async fn begin_rebuild(tx: &mut Tx, partition: &Partition) -> Result<()> {
        sql("UPDATE fhir_partition SET definitions = '', epoch = epoch + 1 WHERE program = $1 AND environment = $2")
            .bind(&partition.program)
            .bind(partition.environment)
            .execute(tx)
            .await?;
        Ok(())
    }

    /// Forgets the parameters and numbers the current ones.
    pub async fn renew(self, tx: &mut Tx, program: &Program) -> Result<Self> {
        sql("DELETE FROM fhir_parameter WHERE kind IN (SELECT kind FROM fhir_kind WHERE part = $1)")
            .bind(self.part)
            .execute(tx)
            .await?;
        Self { kinds: kinds(tx, self.part).await?, ..self }.complete(tx, &Indexed::of(program)).await
    }

    /// Records that everything is indexed with the current parameters.
    pub async fn end_rebuild(&self, tx: &mut Tx, program: &Program) -> Result<()> {
        sql("UPDATE fhir_partition SET definitions = $1, epoch = epoch + 1 WHERE part = $2")
            .bind(Indexed::of(program).digest())
            .bind(self.part)
            .execute(tx)
            .await?;
        Ok(())
    }

    /// Announces that the partition's resources change and returns the moment at which they do. It is later than every
    /// one before, whatever the writers' clocks say. The row stays locked until the transaction commits, so moments are
    /// in the order in which changes become visible (`_lastUpdated`, hl7.org/fhir/R4/search.html#lastUpdated). Fails
    /// with [`Error::Stale`] if the parameters got other numbers meanwhile, because no search would find what was
    /// written under the old ones.
    pub async fn advance(&self, tx: &mut Tx, now: Timestamp) -> Result<Timestamp> {
        let mut update = sql("UPDATE fhir_partition SET epoch = epoch + 1, \
             updated_at = CASE WHEN updated_at < $1 THEN $1 ELSE updated_at + 1 END WHERE part = $2 AND definitions <> ''")
        .bind(now)
        .bind(self.part);
        if let Some(param) = self.params().next() {
            update.push(" AND EXISTS (SELECT 1 FROM fhir_parameter WHERE param = ").push_bind(param).push(")");
        }
        update.push(" RETURNING updated_at");
        let updated: Option<(Timestamp,)> = update.fetch_optional(tx).await?;
        updated.map(|(at,)| at).ok_or(Error::Stale)
    }

    /// Fails with [`Error::Stale`] if another rebuild gave the parameters other numbers meanwhile.
    pub async fn check_numbers(&self, tx: &mut Tx) -> Result<()> {
        let Some(param) = self.params().next() else { return Ok(()) };
        let found: Option<(i64,)> =
            sql("SELECT param FROM fhir_parameter WHERE param = $1").bind(param).fetch_optional(tx).await?;
        found.map(drop).ok_or(Error::Stale)
    }

    async fn complete(mut self, tx: &mut Tx, indexed: &Indexed) -> Result<Self> {
        let mut added = false;
        for (name, definitions) in &indexed.kinds {
            let known = self.kinds.get(name);
            let kind = match known {
                Some(known) => known.kind,
                None => insert_kind(tx, self.part, name).await?,
            };
            for definition in definitions.values() {
                if known.is_none_or(|known| !known.params.contains_key(&definition.code)) {
                    insert_parameter(tx, kind, &definition.code).await?;
                    added = true;
                }
            }
        }
        if added {
            self.kinds = kinds(tx, self.part).await?;
        }
        Ok(self)
    }

    pub fn kind(&self, name: &str) -> Option<&KindNumbers> {
        self.kinds.get(name)
    }

    /// The number of the type. For a type without a number, one that no row has.
    pub fn kind_number(&self, name: &str) -> i64 {
        self.kind(name).map_or(NO_NUMBER, |kind| kind.kind)
    }

    /// The number under which contained resources of the type are indexed, if there are any.
    pub fn contained(&self, kind: &str) -> Option<i64> {
        let number = self.kind(&kind_of(kind))?.kind;
        self.contained.contains(&number).then_some(number)
    }

    /// The name of the type with this number.
    pub fn kind_name(&self, number: i64) -> Option<&str> {
        self.kinds.iter().find(|(_, numbers)| numbers.kind == number).map(|(name, _)| name.as_str())
    }

    /// The number of a parameter of the type. For one that is not indexed, a number that no row has.
    pub fn param(&self, kind: &str, code: &str) -> i64 {
        self.kind(kind).and_then(|kind| kind.param(code)).unwrap_or(NO_NUMBER)
    }

    /// The numbers of the type's reference parameters.
    pub fn references(&self, program: &Program, kind: &str) -> Vec<i64> {
        let references = Indexed::of(program);
        let references = references.kind(kind).filter(|definition| definition.kind == ParameterKind::Reference);
        references.map(|definition| self.param(kind, &definition.code)).collect()
    }

    /// Every type's number.
    pub fn kind_numbers(&self) -> impl Iterator<Item = i64> {
        self.kinds.values().map(|kind| kind.kind)
    }

    /// Every parameter's number.
    pub fn params(&self) -> impl Iterator<Item = i64> {
        self.kinds.values().flat_map(|kind| kind.params.values().copied())
    }
}

const NO_NUMBER: i64 = -1;

impl KindNumbers {
    pub fn param(&self, code: &str) -> Option<i64> {
        self.params.get(code).copied()
    }
}

/// Reserves the next `count` unused numbers and returns the first.
pub async fn numbers(tx: &mut Tx, count: i64) -> Result<i64> {
    allocate(tx, "number", count).await
}

/// Makes other loads wait until this one commits, so that none gives a name a second key.
pub async fn lock_keys(tx: &mut Tx) -> Result<()> {
    keys(tx, 0).await.map(drop)
}

/// Reserves the next `count` unused keys and returns the first.
pub async fn keys(tx: &mut Tx, count: i64) -> Result<i64> {
    allocate(tx, "key", count).await
}

async fn allocate(tx: &mut Tx, name: &str, count: i64) -> Result<i64> {
    let (next,): (i64,) = sql("UPDATE fhir_sequence SET next = next + $1 WHERE name = $2 RETURNING next")
        .bind(count)
        .bind(name)
        .fetch_one(tx)
        .await?;
    Ok(next - count)
}

async fn insert_kind(tx: &mut Tx, part: i64, name: &str) -> Result<i64> {
    let number = numbers(tx, 1).await?;
    sql("INSERT INTO fhir_kind (kind, part, type) VALUES ($1, $2, $3)")
        .bind(number)
        .bind(part)
        .bind(name)
        .execute(tx)
        .await?;
    Ok(number)
}

async fn insert_parameter(tx: &mut Tx, kind: i64, code: &str) -> Result<()> {
    sql("INSERT INTO fhir_parameter (param, kind, code) VALUES ($1, $2, $3)")
        .bind(numbers(tx, 1).await?)
        .bind(kind)
        .bind(code)
        .execute(tx)
        .await?;
    Ok(())
}

async fn kinds(tx: &mut Tx, part: i64) -> Result<BTreeMap<String, KindNumbers>> {
    let rows: Vec<(i64, String, Option<i64>, Option<String>)> =
        sql("SELECT k.kind, k.type, p.param, p.code FROM fhir_kind k LEFT JOIN fhir_parameter p ON p.kind = k.kind \
         WHERE k.part = $1")
        .bind(part)
        .fetch_all(tx)
        .await?;
    let mut kinds = BTreeMap::new();
    for (kind, name, param, code) in rows {
        let numbers = kinds.entry(name).or_insert_with(|| KindNumbers { kind, params: HashMap::new() });
        numbers.params.extend(code.zip(param));
    }
    Ok(kinds)
}

/// The types that have contained resources.
async fn contained(tx: &mut Tx, part: i64) -> Result<Vec<i64>> {
    sql("SELECT k.kind AS key FROM fhir_kind k WHERE k.part = $1 AND k.type LIKE '#%' \
         AND EXISTS (SELECT 1 FROM fhir_resource r WHERE r.kind = k.kind)")
    .bind(part)
    .fetch_keys(tx)
    .await
    .map_err(Error::from)
}

/// What a program needs indexed: by type and code, the parameters that its searches, chains and includes use.
pub struct Indexed {
    kinds: BTreeMap<String, BTreeMap<String, Arc<Definition>>>,
    /// The labels of each category of sensitive data, which the rows have as bits.
    labels: Vec<Vec<String>>,
}

impl Indexed {
    pub fn of(program: &Program) -> Self {
        let mut indexed = Self {
            kinds: program.resources.iter().map(|resource| (resource.kind.clone(), BTreeMap::new())).collect(),
            labels: program.sensitive.iter().map(|category| category.codes.clone()).collect(),
        };
        for resource in &program.resources {
            for parameter in resource.parameters.iter().chain(&resource.chains) {
                indexed.add_search(&resource.kind, &parameter.search);
            }
            for chain in &resource.reverse_chains {
                indexed.add(&chain.kind, &chain.reference);
                indexed.add(&chain.kind, &chain.parameter);
            }
            for include in resource.includes.iter().chain(&resource.rev_includes) {
                include.reference.iter().for_each(|reference| indexed.add(&include.source, reference));
            }
        }
        // Contained resources are indexed in the same way.
        let contained: Vec<_> = indexed.kinds.iter().map(|(kind, codes)| (kind_of(kind), codes.clone())).collect();
        indexed.kinds.extend(contained);
        indexed
    }

    /// The parameters of one type.
    pub fn kind(&self, kind: &str) -> impl Iterator<Item = &Arc<Definition>> {
        self.kinds.get(kind).into_iter().flat_map(BTreeMap::values)
    }

    fn add_search(&mut self, kind: &str, search: &Search) {
        let mut kind = kind;
        for link in &search.links {
            self.add(kind, &link.reference);
            kind = &link.to;
        }
        self.add(kind, &search.definition);
    }

    fn add(&mut self, kind: &str, definition: &Arc<Definition>) {
        // `_id` and `_lastUpdated` are columns of the resource itself.
        let is_column = matches!(definition.code.as_str(), "_id" | "_lastUpdated");
        if definition.kind == ParameterKind::Result || is_column {
            return;
        }
        if let Some(codes) = self.kinds.get_mut(kind) {
            codes.insert(definition.code.clone(), definition.clone());
        }
    }

    /// Differs when the set of indexed parameters differs.
    fn digest(&self) -> String {
        let mut text = INDEX_VERSION.to_string();
        for (kind, definitions) in &self.kinds {
            for definition in definitions.values() {
                let Definition { code, kind: of, branches, targets, .. } = &**definition;
                text.push_str(&format!("\n{kind}.{code} {} {targets:?}", of.as_str()));
                branches.iter().for_each(|branch| text.push_str(&format!(" | {branch}")));
            }
        }
        self.labels.iter().for_each(|labels| text.push_str(&format!("\nsensitive {}", labels.join(" "))));
        format!("{:016x}", digest([text.as_str()]))
    }
}

/// The program of a partition.
pub fn program<'a>(programs: &'a Programs, partition: &Partition) -> Result<&'a Arc<Program>> {
    programs.get(&partition.program).ok_or_else(|| Error::UnknownProgram(partition.program.to_string()))
}
