//! One condition of a search, as SQL: the set of keys that meet it, or whether a given key does.

use jiff::Timestamp;
use store::Query;

use super::{date, near, reference, string, token, uri};
use crate::sight::Seen;

/// One `parameter=value,value`: a resource meets it in at least one of these ways.
#[derive(Debug)]
pub struct Criterion(Vec<Way>);

/// Some resource at the end of these links meets the test.
#[derive(Debug)]
pub struct Way {
    pub links: Vec<Link>,
    pub test: Test,
}

/// One step of a chain, or of a chain in reverse.
#[derive(Clone, Debug)]
pub struct Link {
    pub param: i64,
    pub direction: Direction,
    /// The type at its other end, …
    pub kind: i64,
    /// … and what of it may be seen, if that is not the whole directory.
    pub seen: Option<Seen>,
    /// Whether the target is contained in the resource that refers to it, and so is visible with it.
    pub is_contained: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the resource that holds the reference to its target.
    Forward,
    /// The other way: `_has`.
    Reverse,
}

#[derive(Debug)]
pub enum Test {
    /// Some value matches one of these.
    Any { table: Table, param: i64, matches: Vec<Match> },
    /// No value does.
    None { table: Table, param: i64, matches: Vec<Match> },
    /// Whether there is a value at all, in one of these.
    Present { tables: &'static [Table], param: i64, present: bool },
    /// The resource's own id.
    Id { kind: i64, ids: Vec<String> },
    /// When it was last changed.
    Updated { kind: i64, matches: Vec<date::Match> },
}

/// How keys are tested against a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Each by itself as soon as it is reached: for a page, or for few keys.
    One,
    /// As the database prefers: all at once, with a join.
    All,
}

impl Lookup {
    /// Ends a subquery of `EXISTS`. PostgreSQL does not turn a subquery with an offset into a join.
    fn end(self) -> &'static str {
        match self {
            Self::One => " LIMIT 1 OFFSET 0)",
            Self::All => ")",
        }
    }
}

impl Test {
    /// Whether it asks for absent values.
    fn is_negative(&self) -> bool {
        matches!(self, Self::None { .. } | Self::Present { present: false, .. })
    }
}

/// An index table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    String,
    Token,
    Reference,
    Date,
    Canonical,
    Position,
}

/// One value sought in an index table.
#[derive(Debug)]
pub enum Match {
    String(string::Match),
    Token(token::Match),
    Reference(reference::Match),
    Date(date::Match),
    Uri(uri::Match),
    Near(near::Match),
    /// Many tokens in one list.
    Tokens(token::Many),
    References(reference::Many),
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Self::String => "fhir_string",
            Self::Token => "fhir_token",
            Self::Reference => "fhir_reference",
            Self::Date => "fhir_date",
            Self::Canonical => "fhir_canonical",
            Self::Position => "fhir_position",
        }
    }

    /// Whether an index finds a resource's rows of one parameter by its key.
    fn is_found_by_key(self) -> bool {
        matches!(self, Self::String | Self::Token | Self::Reference | Self::Date)
    }
}

impl Match {
    fn push(&self, query: &mut Query, alias: &str) {
        match self {
            Self::String(sought) => sought.push(query, alias),
            Self::Token(sought) => sought.push(query, alias),
            Self::Reference(sought) => sought.push(query, alias),
            Self::Date(sought) => sought.push(query, alias, date::Columns::LowAndHigh),
            Self::Uri(sought) => sought.push(query, alias),
            Self::Near(sought) => sought.push(query, alias),
            Self::Tokens(sought) => sought.push(query, alias),
            Self::References(sought) => sought.push(query, alias),
        }
    }

    /// Whether the index alone can test a given key.
    fn is_found_by_key(&self) -> bool {
        match self {
            Self::Uri(sought) => matches!(sought, uri::Match::Exact(_)),
            Self::String(_)
            | Self::Token(_)
            | Self::Tokens(_)
            | Self::Reference(_)
            | Self::References(_)
            | Self::Date(_) => true,
            Self::Near(_) => false,
        }
    }

    /// Whether the index holds the matching keys in order.
    fn is_in_order(&self) -> bool {
        match self {
            Self::Token(sought) => sought.has_code(),
            Self::Reference(sought) => sought.is_single(),
            Self::Uri(sought) => matches!(sought, uri::Match::Exact(_)),
            Self::String(_) | Self::Date(_) | Self::Near(_) | Self::Tokens(_) | Self::References(_) => false,
        }
    }
}

impl From<Way> for Criterion {
    fn from(way: Way) -> Self {
        Self(vec![way])
    }
}

impl Way {
    /// What meets the test at the end of these links. For an absent value, the resource at the end must exist itself: a
    /// reference may lead to a resource that is not loaded yet or was deleted, and such a resource has no values
    /// either.
    pub fn new(mut links: Vec<Link>, test: Test) -> Self {
        if test.is_negative() {
            links.iter_mut().filter(|link| !link.is_contained).for_each(|link| _ = link.seen.get_or_insert(Seen::All));
        }
        Self { links, test }
    }

    fn node(&self) -> Node<'_> {
        Node { links: &self.links, test: &self.test, depth: 0 }
    }
}

impl Criterion {
    /// A criterion with these alternatives, of which there must be at least one.
    pub fn any(ways: Vec<Way>) -> Self {
        Self(ways)
    }

    /// The only way, if there is just one.
    pub fn only(&self) -> Option<&Way> {
        match &self.0[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether its keys form a set that a search can start from.
    pub fn is_positive(&self) -> bool {
        self.0.iter().all(|way| !way.test.is_negative())
    }

    /// Whether it asks when the resource itself changed.
    pub fn is_about_changes(&self) -> bool {
        matches!(self.direct(), Some(Test::Updated { .. }))
    }

    /// If it asks for a time of change, the first moment of that range and the moment after the last.
    pub fn stretch(&self) -> Option<(i64, i64)> {
        match self.direct() {
            Some(Test::Updated { matches, .. }) if matches.len() == 1 => matches[0].stretch(),
            _ => None,
        }
    }

    /// If it asks when the resource itself changed, leaves out everything that changed after this moment.
    pub fn hold(&mut self, until: Timestamp) {
        if let [Way { links, test: Test::Updated { matches, .. } }] = &mut self.0[..]
            && links.is_empty()
        {
            matches.iter_mut().for_each(|sought| sought.hold(until));
        }
    }

    /// Whether its set contains targets of references, which may not be loaded yet.
    pub fn finds_targets(&self) -> bool {
        let is_reverse = |way: &Way| way.links.first().is_some_and(|link| link.direction == Direction::Reverse);
        self.0.iter().any(is_reverse)
    }

    /// The test of the resource itself, if that is all there is.
    fn direct(&self) -> Option<&Test> {
        self.only().filter(|way| way.links.is_empty()).map(|way| &way.test)
    }

    /// Whether its set comes in the order of keys without sorting.
    pub fn is_in_order(&self) -> bool {
        match self.direct() {
            Some(Test::Any { matches, .. }) => matches.len() == 1 && matches[0].is_in_order(),
            _ => false,
        }
    }

    /// Whether it is certain to find few resources.
    pub fn is_selective(&self) -> bool {
        match self.direct() {
            Some(Test::Any { matches, .. }) => {
                matches.iter().all(|sought| matches!(sought, Match::String(sought) if sought.is_selective()))
            }
            _ => self.only().is_some_and(|way| matches!(way.test, Test::Id { .. })),
        }
    }

    /// Appends `FROM … WHERE …`, whose column `{alias}.key` is the set. A key may occur more than once.
    pub fn push_from(&self, query: &mut Query, alias: &str) {
        match self.direct() {
            Some(Test::Any { table, param, matches }) if matches.len() == 1 => {
                query.push(&format!(" FROM {} {alias} WHERE {alias}.param = ", table.name())).push_bind(*param);
                query.push(" AND ");
                matches[0].push(query, alias);
            }
            _ => {
                query.push(" FROM (");
                self.push_set(query, None);
                query.push(&format!(") {alias} WHERE 1 = 1"));
            }
        }
    }

    /// Appends a statement whose only column is the set; `most` limits the sets along a chain.
    pub fn push_set(&self, query: &mut Query, most: Option<i64>) {
        if let Some(only) = self.only() {
            return only.node().push_set(query, most);
        }
        for (index, way) in self.0.iter().enumerate() {
            query.push(if index == 0 { "SELECT w.key FROM (" } else { " UNION ALL SELECT w.key FROM (" });
            way.node().push_set(query, most);
            query.push(") w");
        }
    }

    /// Appends the condition that the key (a column) meets this criterion.
    pub fn push_probe(&self, query: &mut Query, key: &str, lookup: Lookup) {
        for (index, way) in self.0.iter().enumerate() {
            query.push(if index == 0 { "(" } else { " OR " });
            way.node().push_probe(query, key, lookup);
        }
        query.push(")");
    }
}

/// The rest of a criterion, from some link on.
struct Node<'a> {
    links: &'a [Link],
    test: &'a Test,
    depth: usize,
}

impl Node<'_> {
    fn alias(&self) -> String {
        format!("i{}", self.depth)
    }

    fn next(&self) -> Self {
        Node { links: &self.links[1..], test: self.test, depth: self.depth + 1 }
    }

    fn push_set(&self, query: &mut Query, most: Option<i64>) {
        let alias = self.alias();
        let Some(link) = self.links.first() else { return push_matching(query, self.test, &alias, None) };
        let (near, far) = link.ends();
        query.push(&format!("SELECT {alias}.{near} AS key FROM fhir_reference {alias} WHERE {alias}.param = "));
        query.push_bind(link.param).push(&format!(" AND {alias}.{far} IN ("));
        match most {
            None => self.next().push_set(query, None),
            Some(most) => {
                query.push("SELECT l.key FROM (");
                self.next().push_set(query, Some(most));
                query.push(") l").push_limit(most);
            }
        }
        query.push(")");
        link.push_seen(query, &format!("{alias}.{far}"));
    }

    fn push_probe(&self, query: &mut Query, key: &str, lookup: Lookup) {
        let alias = self.alias();
        let Some(link) = self.links.first() else { return push_test(query, self.test, &alias, key, lookup) };
        let (near, far) = link.ends();
        query.push(&format!(
            "EXISTS (SELECT 1 FROM fhir_reference {alias} WHERE {alias}.{near} = {key} AND {alias}.param = "
        ));
        query.push_bind(link.param).push(" AND ");
        let far = format!("{alias}.{far}");
        self.next().push_probe(query, &far, lookup);
        link.push_seen(query, &far);
        query.push(lookup.end());
    }
}

impl Link {
    /// The columns of this side and of the other side.
    fn ends(&self) -> (&'static str, &'static str) {
        match self.direction {
            Direction::Forward => ("key", "target"),
            Direction::Reverse => ("target", "key"),
        }
    }

    /// Appends the condition that the resource with this key, at the link's other end, may be seen.
    pub fn push_seen(&self, query: &mut Query, key: &str) {
        if let Some(seen) = self.seen {
            query.push(&format!(" AND EXISTS (SELECT 1 FROM fhir_resource v WHERE v.key = {key} AND "));
            seen.push(query, "v", self.kind);
            query.push(")");
        }
        // The parameter's other references lead to resources without the values that we look for here.
        if self.is_contained {
            query.push(&format!(" AND EXISTS (SELECT 1 FROM fhir_resource c WHERE c.key = {key} AND c.kind = "));
            query.push_bind(self.kind).push(")");
        }
    }
}

/// Appends a statement of the keys that match. With `key`, it tests only that one.
fn push_matching(query: &mut Query, test: &Test, alias: &str, key: Option<&str>) {
    match test {
        Test::Any { table, param, matches } | Test::None { table, param, matches } => {
            // A union instead of `OR`, so that each part is one range of the index.
            for (index, sought) in matches.iter().enumerate() {
                query.push(if index == 0 { "SELECT " } else { " UNION SELECT " });
                query
                    .push(&format!("{alias}.key FROM {} {alias} WHERE {alias}.param = ", table.name()))
                    .push_bind(*param);
                push_key(query, alias, key);
                query.push(" AND ");
                sought.push(query, alias);
            }
        }
        Test::Present { tables, param, .. } => {
            for (index, table) in tables.iter().enumerate() {
                query.push(if index == 0 { "SELECT " } else { " UNION ALL SELECT " });
                query.push(&format!("{alias}.key FROM {} {alias} WHERE {alias}.param = ", table.name()));
                query.push_bind(*param);
                push_key(query, alias, key);
            }
        }
        Test::Id { kind, ids } => {
            query
                .push(&format!("SELECT {alias}.key FROM fhir_resource {alias} WHERE {alias}.kind = "))
                .push_bind(*kind);
            push_key(query, alias, key);
            query.push(&format!(" AND {alias}.id IN "));
            let ids: Vec<_> = ids.iter().map(store::Value::from).collect();
            crate::load::rows::push_list(query, &ids);
        }
        Test::Updated { kind, matches } => {
            query
                .push(&format!("SELECT {alias}.key FROM fhir_resource {alias} WHERE {alias}.kind = "))
                .push_bind(*kind);
            push_key(query, alias, key);
            // Deleted and hidden resources have the same columns.
            query.push(&format!(" AND {alias}.compartment IS NOT NULL AND ("));
            // The sign makes PostgreSQL look a single key up by itself. Otherwise it reads all changes of the range
            // when it expects few.
            let moments = if key.is_some() { format!("+{alias}") } else { alias.to_owned() };
            for (index, sought) in matches.iter().enumerate() {
                query.push(if index == 0 { "" } else { " OR " });
                sought.push(query, &moments, date::Columns::UpdatedAt);
            }
            query.push(")");
        }
    }
}

fn push_key(query: &mut Query, alias: &str, key: Option<&str>) {
    if let Some(key) = key {
        query.push(&format!(" AND {alias}.key = {key}"));
    }
}

/// Appends the condition that the key meets the test. It looks for the key's rows if an index finds them by key;
/// otherwise it searches the whole set, which the database builds once.
fn push_test(query: &mut Query, test: &Test, alias: &str, key: &str, lookup: Lookup) {
    let (by_key, negated) = match test {
        Test::Any { matches, .. } => (matches.iter().all(Match::is_found_by_key), false),
        Test::None { matches, .. } => (matches.iter().all(Match::is_found_by_key), true),
        Test::Present { tables, present, .. } => (tables.iter().all(|table| table.is_found_by_key()), !present),
        Test::Id { .. } | Test::Updated { .. } => (true, false),
    };
    let not = if negated { "NOT " } else { "" };
    if by_key {
        query.push(not).push("EXISTS (");
        push_matching(query, test, alias, Some(key));
        query.push(lookup.end());
    } else {
        query.push(&format!("{key} {not}IN ("));
        push_matching(query, test, alias, None);
        query.push(")");
    }
}
