//! Carries out a search.

use programs::resource::Interaction;

use super::{
    elements,
    include::{Included, MOST_INCLUDED},
    link::{Binding, Position, url},
    page::{self, Match},
    plan::Plan,
    request::{Context, Parsed, Request, reach},
};
use crate::{
    authority::Authority,
    bundle::{Bundle, Mode},
    catalog::Catalog,
    engine::Engine,
    error::{Error, Result},
    outcome,
    sight::{Seen, Sight},
};

impl Engine {
    /// A searchset Bundle, as JSON.
    pub async fn search(&self, authority: &Authority, request: &Request<'_>) -> Result<String> {
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
        let parsed = Parsed::parse(&context, request)?;
        let seen = Seen::of(authority, Interaction::Search, resource, patient);
        let binding = Binding::new(authority, request, &parsed.query);
        let after =
            parsed.shape.page.as_deref().map_or(Ok(0), |token| binding.position(token).map(|page| page.after))?;
        let search = Search { engine: self, context, request, binding, parsed };
        match (seen, search.context.catalog.kind(request.kind)) {
            (Some(seen), Some(kind)) => search.run(kind.kind, seen, after).await,
            // The member's Patient, or anything of this type, is yet to come.
            _ => Ok(search.bundle(Some(0), &[], &[], None)),
        }
    }
}

struct Search<'a> {
    engine: &'a Engine,
    context: Context<'a>,
    request: &'a Request<'a>,
    binding: Binding,
    parsed: Parsed,
}

impl Search<'_> {
    async fn run(self, kind: i64, seen: Seen, after: i64) -> Result<String> {
        let (engine, shape, epoch) = (self.engine, &self.parsed.shape, self.context.catalog.epoch);
        let mut ctx = engine.store.read().await?;
        let tx = &mut ctx.tx;
        let plan = Plan::new(engine, tx, epoch, kind, seen, &self.parsed.criteria).await?;
        if shape.only_total {
            let total = page::count(engine, tx, &plan, epoch).await?;
            return Ok(self.bundle(Some(total), &[], &[], None));
        }
        let count = shape.count as usize;
        let mut matches = page::fetch(tx, &plan, after, i64::from(shape.count) + 1, shape.offset.into()).await?;
        let is_last = matches.len() <= count;
        matches.truncate(count);
        let is_first = shape.page.is_none() && shape.offset == 0;
        let total = match shape.total {
            false => None,
            true if is_first && is_last => Some(matches.len() as i64),
            true => Some(page::count(engine, tx, &plan, epoch).await?),
        };
        let included = self.include(tx, &matches).await?;
        let next = matches.last().filter(|_| !is_last).map(|last| Position { after: last.key });
        Ok(self.bundle(total, &matches, &included, next))
    }

    async fn include(&self, tx: &mut store::Tx, matches: &[Match]) -> Result<Vec<Included>> {
        if self.parsed.includes.is_empty() || matches.is_empty() {
            return Ok(Vec::new());
        }
        let Context { program, catalog, authority, patient, .. } = self.context;
        let sight = Sight::new(authority, Interaction::Search, program, catalog, patient);
        let keys: Vec<i64> = matches.iter().map(|found| found.key).collect();
        self.parsed.includes.fetch(tx, &keys, &sight).await
    }

    fn bundle(&self, total: Option<i64>, matches: &[Match], included: &[Included], next: Option<Position>) -> String {
        let Self { request, parsed, .. } = self;
        let mut bundle = Bundle::new(request.base, total);
        bundle.link("self", &url(request, &parsed.query, parsed.shape.page.as_deref()));
        if parsed.shape.page.is_some() || 0 < parsed.shape.offset {
            bundle.link("first", &url(request, &parsed.query, None));
        }
        if let Some(next) = next {
            bundle.link("next", &url(request, &parsed.query, Some(&self.binding.token(next))));
        }
        for found in matches {
            self.entry(&mut bundle, request.kind, &found.id, &found.body, Mode::Match);
        }
        let most = included.len().min(MOST_INCLUDED);
        for found in &included[..most] {
            let kind = self.context.catalog.kind_name(found.kind).unwrap_or_default();
            self.entry(&mut bundle, kind, &found.id, &found.body, Mode::Include);
        }
        let mut warnings = parsed.warnings.clone();
        if most < included.len() {
            warnings.push(format!(
                "more than {MOST_INCLUDED} resources would be included; ask for fewer matches by `_count`"
            ));
        }
        if !warnings.is_empty() {
            bundle.outcome(&outcome::warnings(&warnings));
        }
        bundle.finish()
    }

    fn entry(&self, bundle: &mut Bundle, kind: &str, id: &str, body: &str, mode: Mode) {
        match &self.parsed.shape.elements {
            Some(elements) => bundle.entry(kind, id, &elements::only(body, elements), mode),
            None => bundle.entry(kind, id, body, mode),
        }
    }
}
