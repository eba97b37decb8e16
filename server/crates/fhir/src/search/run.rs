//! Runs a search.

use std::sync::Arc;

use jiff::Timestamp;
use programs::resource::Interaction;

use super::{
    distance::Nearest,
    include::MOST_INCLUDED,
    link::{Binding, Place, Position, url},
    page::{self, Match, Slice},
    plan::Plan,
    request::{Context, Parsed, Request, reach},
    shape::{OFFSET, PAGE},
    sorted,
};
use crate::{
    authority::Authority,
    bundle::{Bundle, Mode},
    catalog::Catalog,
    engine::Engine,
    error::{Error, Result},
    outcome,
    read::Stored,
    sight::{Seen, Sight},
};

/// The answer to a search.
#[derive(Clone, Debug)]
pub struct Searched {
    /// JSON.
    pub bundle: String,
    /// The types of its matches and of what it includes, each once.
    pub kinds: Vec<String>,
}

impl Engine {
    /// A searchset Bundle, as JSON.
    pub async fn search(&self, authority: &Authority, request: &Request<'_>) -> Result<String> {
        Ok(self.searched(authority, request).await?.bundle)
    }

    /// The same, and which types it contains resources of.
    pub async fn searched(&self, authority: &Authority, request: &Request<'_>) -> Result<Searched> {
        const TRIES: usize = 5;
        for _ in 1..TRIES {
            match self.try_search(authority, request).await {
                // A load was saved in between. After a refresh, what is found and what is shown agree.
                Err(Error::Changed) => self.refresh().await?,
                answer => return answer,
            }
        }
        self.try_search(authority, request).await
    }

    async fn try_search(&self, authority: &Authority, request: &Request<'_>) -> Result<Searched> {
        let program = self.program(&authority.partition)?;
        let resource = reach(program, authority, request.kind)?;
        let catalog = self.catalog(&authority.partition);
        let nothing = Catalog::empty();
        let catalog = catalog.as_deref().unwrap_or(&nothing);
        if !catalog.is_current {
            return Err(Error::Stale);
        }
        let patient = self.patient(authority, catalog).await?;
        let now = self.store.now();
        let context = Context { program, resource, catalog, authority, patient, base: request.base, now };
        let mut parsed = Parsed::parse(&context, request)?;
        let seen = Seen::of(authority, Interaction::Search, resource, patient);
        let binding = Binding::new(authority, request, &parsed.query);
        let position = parsed.shape.page.as_deref().map(|token| binding.position(token)).transpose()?;
        let until = match &position {
            Some(position) => position.until.and_then(|until| Timestamp::from_millisecond(until).ok()),
            None => parsed.follows_changes().then_some(catalog.updated_at),
        };
        until.iter().for_each(|until| parsed.hold(*until));
        let search = Search { engine: self, context, request, binding, parsed, position, until };
        match (seen, search.context.catalog.kind(request.kind)) {
            (Some(seen), Some(kind)) => search.run(kind.kind, seen).await,
            // The member's Patient, or this type, is not loaded yet.
            _ => Ok(search.bundle(Some(0), &Page::default(), &[])),
        }
    }
}

struct Search<'a> {
    engine: &'a Engine,
    context: Context<'a>,
    request: &'a Request<'a>,
    binding: Binding,
    parsed: Parsed,
    /// Where the page starts, if it is not the first.
    position: Option<Position>,
    /// For searches by time of change, the moment as of which every page is answered. A client that then asks for
    /// changes after the newest one shown misses nothing, although others write meanwhile.
    until: Option<Timestamp>,
}

/// The matches of a page, and where the previous and the next page start.
#[derive(Default)]
struct Page {
    matches: Vec<Arc<Stored>>,
    previous: Option<Place>,
    next: Option<Place>,
}

impl Search<'_> {
    async fn run(self, kind: i64, seen: Seen) -> Result<Searched> {
        let (engine, shape, epoch) = (self.engine, &self.parsed.shape, self.context.catalog.epoch);
        let mut ctx = engine.store.read().await?;
        let tx = &mut ctx.tx;
        let mut plan = Plan::new(engine, tx, epoch, kind, seen, &self.parsed.criteria).await?;
        plan.until = self.until;
        if shape.only_total {
            let total = page::count(engine, tx, &plan, epoch).await?;
            return Ok(self.bundle(Some(total), &Page::default(), &[]));
        }
        let page = self.page(tx, &plan).await?;
        let is_whole = self.is_first() && page.next.is_none();
        let total = match shape.total {
            false => None,
            true if is_whole => Some(page.matches.len() as i64),
            true => Some(page::count(engine, tx, &plan, epoch).await?),
        };
        let included = self.include(tx, &page.matches).await?;
        Ok(self.bundle(total, &page, &included))
    }

    fn is_first(&self) -> bool {
        self.position.is_none() && self.parsed.shape.offset == 0
    }

    async fn page(&self, tx: &mut store::Tx, plan: &Plan<'_>) -> Result<Page> {
        let count = self.parsed.shape.count as usize;
        let backward = self.position.is_some_and(|position| position.backward);
        let slice = Slice {
            from: self.position.map(|position| position.place),
            backward,
            offset: self.parsed.shape.offset.into(),
            limit: count as i64 + 1,
        };
        let mut matches = self.slice(tx, plan, &slice).await?;
        let is_more = count < matches.len();
        matches.truncate(count);
        if backward {
            matches.reverse();
        }
        let (has_previous, has_next) = if backward { (is_more, true) } else { (!self.is_first(), is_more) };
        let previous = has_previous.then(|| self.place(matches.iter())).transpose()?.flatten();
        let next = has_next.then(|| self.place(matches.iter().rev())).transpose()?.flatten();
        Ok(Page { matches: matches.into_iter().filter_map(|found| found.stored).collect(), previous, next })
    }

    /// The matches in the requested order: by `_sort`, otherwise by distance, otherwise in the order of first loading.
    async fn slice(&self, tx: &mut store::Tx, plan: &Plan<'_>, slice: &Slice) -> Result<Vec<Match>> {
        let match_of = |key| Match { key, square: None, stored: None };
        let mut matches: Vec<Match> = if !self.parsed.sort.is_empty() {
            let keys = sorted::fetch(self.engine, tx, plan, &self.parsed.sort, slice).await?;
            keys.into_iter().map(match_of).collect()
        } else if let Some(nearest) = Nearest::find(plan) {
            let squares = nearest.fetch(tx, slice).await?.into_iter();
            squares.map(|(key, square)| Match { square: Some(square), ..match_of(key) }).collect()
        } else {
            page::keys(tx, plan, slice).await?.into_iter().map(match_of).collect()
        };
        page::fetch(self.engine, tx, plan, &mut matches).await?;
        Ok(matches)
    }

    /// The place of the first of these matches; if sorted, of the first that did not change meanwhile.
    fn place<'m>(&self, matches: impl Iterator<Item = &'m Match>) -> Result<Option<Place>> {
        if self.parsed.sort.is_empty() {
            let first = matches.into_iter().next();
            return Ok(first.map(|Match { key, square, .. }| match square {
                Some(square) => Place::Distance { key: *key, square: square.to_bits() },
                None => Place::Key(*key),
            }));
        }
        let mut matches = matches.peekable();
        if matches.peek().is_none() {
            return Ok(None);
        }
        let stored = matches.find_map(|found| found.stored.as_ref()).ok_or(Error::Changed)?;
        Ok(Some(Place::Version { key: stored.key, version: stored.version }))
    }

    async fn include(&self, tx: &mut store::Tx, matches: &[Arc<Stored>]) -> Result<Vec<Arc<Stored>>> {
        if self.parsed.includes.is_empty() || matches.is_empty() {
            return Ok(Vec::new());
        }
        let Context { program, catalog, authority, patient, .. } = self.context;
        let sight = Sight::new(authority, Interaction::Search, program, catalog, patient);
        let keys: Vec<i64> = matches.iter().map(|found| found.key).collect();
        let included = self.parsed.includes.fetch(tx, &keys, &sight).await?;
        let mut found = self.engine.memory.resources(tx, catalog.epoch, &included).await?;
        let sees_about = |stored: &Stored| {
            let resource = catalog.kind_name(stored.kind).and_then(|kind| program.resource(kind));
            resource.is_some_and(|of| authority.sees_what_it_is_about(program, of, Interaction::Search, &stored.body))
        };
        let is_seen = |stored: &Arc<Stored>| sight.of(stored.kind).is_some_and(|seen| stored.is_seen(seen));
        found.retain(|stored| is_seen(stored) && sees_about(stored));
        Ok(found)
    }

    fn bundle(&self, total: Option<i64>, page: &Page, included: &[Arc<Stored>]) -> Searched {
        let Self { request, parsed, .. } = self;
        let mut bundle = Bundle::new(request.base, total);
        let link = |place, backward| {
            let until = self.until.map(Timestamp::as_millisecond);
            url(request, &parsed.query, Some((PAGE, &self.binding.token(Position { place, backward, until }))))
        };
        let offset = parsed.shape.offset.to_string();
        let here = match &parsed.shape.page {
            Some(token) => Some((PAGE, token.as_str())),
            None => (0 < parsed.shape.offset).then_some((OFFSET, offset.as_str())),
        };
        bundle.link("self", &url(request, &parsed.query, here));
        if !self.is_first() {
            bundle.link("first", &url(request, &parsed.query, None));
        }
        if let Some(previous) = page.previous {
            bundle.link("previous", &link(previous, true));
        }
        if let Some(next) = page.next {
            bundle.link("next", &link(next, false));
        }
        for found in &page.matches {
            self.entry(&mut bundle, request.kind, found, Mode::Match);
        }
        let mut kinds: Vec<String> = page.matches.first().map(|_| request.kind.to_owned()).into_iter().collect();
        let most = included.len().min(MOST_INCLUDED);
        for found in &included[..most] {
            let kind = self.context.catalog.kind_name(found.kind).unwrap_or_default();
            self.entry(&mut bundle, kind, found, Mode::Include);
            if kinds.iter().all(|known| known != kind) {
                kinds.push(kind.to_owned());
            }
        }
        let mut warnings = parsed.warnings.clone();
        if most < included.len() {
            warnings.push(format!(
                "this would include more than {MOST_INCLUDED} resources; ask for fewer matches with `_count`"
            ));
        }
        if !warnings.is_empty() {
            bundle.outcome(&outcome::warnings(&warnings));
        }
        Searched { bundle: bundle.finish(), kinds }
    }

    fn entry(&self, bundle: &mut Bundle, kind: &str, stored: &Stored, mode: Mode) {
        let Stored { id, body, .. } = stored;
        // Included resources are complete (hl7.org/fhir/R4/search.html#elements).
        match self.parsed.shape.subset.as_ref().filter(|_| mode == Mode::Match) {
            Some(subset) => bundle.entry(kind, id, &subset.apply(kind, body), mode),
            None => bundle.entry(kind, id, body, mode),
        }
    }
}
