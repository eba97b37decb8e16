//! What the page's address asks for, as a filter of the log. The export reads the same address.

use ::audit::{event::Actor, log::Filter};
use ::programs::Programs;
use identity::accounts::{self, Account};
use jiff::{Timestamp, ToSpan, civil::Date};
use model::id::{AccountId, ClientId};
use registry::labels;
use store::Ctx;
use url::form_urlencoded::Serializer;

use crate::{failure::Failure, texts::admin::audit as text, web::request::Request};

/// As it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub who: String,
    pub action: String,
    pub subject: String,
    pub from: String,
    pub to: String,
    pub before: Option<String>,
}

/// What was understood of it.
#[derive(Debug, Default)]
pub struct Understood {
    pub filter: Filter,
    /// The names of the filters that were not understood; they are left out.
    pub not: Vec<&'static str>,
    pub before: Option<i64>,
    /// The people of the name that was typed, where there are several: nothing is shown until one is chosen.
    pub several: Vec<Account>,
    /// No one has the name, so nothing matches.
    pub no_actor: bool,
}

impl Understood {
    /// Whether the filter may have matches at all.
    pub fn may_match(&self) -> bool {
        self.several.is_empty() && !self.no_actor
    }
}

/// People of one name that are offered to choose from.
const MOST: i64 = 20;

impl Asked {
    pub fn of(request: &Request) -> Self {
        let query = |name| request.query(name).unwrap_or_default().trim().to_owned();
        Self {
            who: query("who"),
            action: query("action"),
            subject: query("subject"),
            from: query("from"),
            to: query("to"),
            before: request.query("before").map(str::to_owned),
        }
    }

    /// Whether anything was asked for but a page.
    pub fn is_filtered(&self) -> bool {
        [&self.who, &self.action, &self.subject, &self.from, &self.to].iter().any(|typed| !typed.is_empty())
    }

    /// The query that asks for the same, from the row before this one on.
    pub fn query(&self, before: Option<i64>) -> String {
        let mut query = Serializer::new(String::new());
        let named = [
            ("who", &self.who),
            ("action", &self.action),
            ("subject", &self.subject),
            ("from", &self.from),
            ("to", &self.to),
        ];
        for (name, value) in named.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        if let Some(before) = before {
            query.append_pair("before", &before.to_string());
        }
        query.finish()
    }

    /// Looks up who is meant, and reads the days in the zone of the deployment.
    pub async fn understand(&self, ctx: &mut Ctx, programs: &Programs) -> Result<Understood, Failure> {
        let mut read = Understood::default();
        match self.actor(ctx).await? {
            Who::Any => {}
            Who::One(actor) => read.filter.actor = Some(actor),
            Who::Several(people) => read.several = people,
            Who::NoOne => read.no_actor = true,
        }
        read.filter.action = Some(self.action.clone()).filter(|action| !action.is_empty());
        match self.subject.split_once(':') {
            Some((kind, id)) => read.filter.subject = Some((kind.to_owned(), id.to_owned())),
            None if self.subject.is_empty() => {}
            None => read.not.push(text::TO_WHAT),
        }
        // In order of the days, the last one included.
        match day(&self.from, programs, 0) {
            Ok(since) => read.filter.since = since,
            Err(()) => read.not.push(text::FROM_DAY),
        }
        match day(&self.to, programs, 1) {
            Ok(until) => read.filter.until = until,
            Err(()) => read.not.push(text::TO_DAY),
        }
        match self.before.as_deref().map(str::parse) {
            None => {}
            Some(Ok(before)) => read.before = Some(before),
            Some(Err(_)) => read.not.push("before"),
        }
        Ok(read)
    }

    async fn actor(&self, ctx: &mut Ctx) -> Result<Who, Failure> {
        let typed = self.who.as_str();
        match typed.split_once(':') {
            Some(("account", id)) => return Ok(Who::One(Actor::Account(AccountId::new(id)))),
            Some(("client", id)) => return Ok(Who::One(Actor::Client(ClientId::new(id)))),
            _ => {}
        }
        match typed.to_lowercase().as_str() {
            "" => return Ok(Who::Any),
            "operator" => return Ok(Who::One(Actor::Operator)),
            "system" | "flex" => return Ok(Who::One(Actor::System)),
            _ => {}
        }
        let account = match accounts::find_by_login(ctx, typed).await? {
            Some(account) => Some(account),
            None => accounts::find(ctx, &AccountId::new(typed)).await?,
        };
        if let Some(account) = account {
            return Ok(Who::One(Actor::Account(account.id)));
        }
        if !labels::clients(ctx, &[typed]).await?.is_empty() {
            return Ok(Who::One(Actor::Client(ClientId::new(typed))));
        }
        let mut named = accounts::of_name(ctx, typed, MOST).await?;
        Ok(match named.len() {
            0 => Who::NoOne,
            1 => Who::One(Actor::Account(named.remove(0).id)),
            _ => Who::Several(named),
        })
    }
}

enum Who {
    Any,
    One(Actor),
    Several(Vec<Account>),
    NoOne,
}

/// The beginning of the day, or of one that many days later; nothing where none was typed.
fn day(typed: &str, programs: &Programs, later: i64) -> Result<Option<Timestamp>, ()> {
    if typed.is_empty() {
        return Ok(None);
    }
    let date: Date = typed.parse().map_err(|_| ())?;
    let date = date.checked_add(later.days()).map_err(|_| ())?;
    let zone = programs.zone(programs.iter().map(|program| &program.id));
    date.to_zoned(zone).map(|zoned| Some(zoned.timestamp())).map_err(|_| ())
}

/// The word of an actor in an address.
pub fn word(actor: &Actor) -> String {
    match actor {
        Actor::Account(id) => format!("account:{id}"),
        Actor::Client(id) => format!("client:{id}"),
        Actor::Operator => "operator".to_owned(),
        Actor::System => "system".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_deployment_and_the_last_counts_in_full() {
        let programs = Programs::embedded().unwrap();
        let zone = programs.zone(programs.iter().map(|program| &program.id));
        let check = |typed: &str, later: i64, expect: Result<Option<&str>, ()>| {
            let found = day(typed, &programs, later);
            let at = |text: &str| text.parse::<Date>().unwrap().to_zoned(zone.clone()).unwrap().timestamp();
            assert_eq!(found, expect.map(|text| text.map(at)), "{typed}");
        };
        check("", 0, Ok(None));
        check("2026-11-30", 0, Ok(Some("2026-11-30")));
        check("2026-11-30", 1, Ok(Some("2026-12-01")));
        check("2028-02-28", 1, Ok(Some("2028-02-29")));
        check("2026-02-30", 0, Err(()));
        check("yesterday", 0, Err(()));
        check("9999-12-31", 1, Err(()));
    }

    #[test]
    fn an_address_asks_for_what_was_asked() {
        let query = [("who", " Dana & Co "), ("from", "2026-11-30"), ("before", "7"), ("action", "")];
        let query = query.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let asked = Asked::of(&Request { query, ..Request::default() });
        assert_eq!(asked.query(None), "who=Dana+%26+Co&from=2026-11-30");
        assert_eq!(asked.query(Some(3)), "who=Dana+%26+Co&from=2026-11-30&before=3");
        assert!(asked.is_filtered() && !Asked::default().is_filtered());
    }
}
