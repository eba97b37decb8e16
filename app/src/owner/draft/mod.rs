//! Drafts of the portal's registrations. Each has its id and version in its address and in its form, so two tabs never mix
//! two drafts, and a tab that shows an older version cannot overwrite a newer one unknowingly.
//!
//! `/owner/applications/new` leads to `/owner/applications/new?draft=k7….0`, which was never saved. Each form saves on every
//! button, right or wrong, and leads on to the version that is stored then; a script saves in between. Registering the app
//! ends the draft.

pub mod form;
pub mod list;
pub mod page;

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use model::{
    form::Code,
    id::{ApplicationId, DraftId, OrganizationId},
};
use registry::{
    drafts::{self, Draft, Found, Kind, Typed},
    error::Error as Refused,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use store::Ctx;
use url::form_urlencoded::Serializer;

use crate::{
    failure::Failure,
    form::flash::Error,
    owner::vendor::{ORGANIZATION, Vendor},
    texts::notices::{Notice, Reason},
    web::Web,
};

/// The parameter of addresses, and the field of forms.
pub const DRAFT: &str = "draft";
/// A text of a draft that is too large is kept up to this length; its field says that it is too long.
const LONGEST: usize = 4000;

/// A draft and its version, as addresses and forms name it: `k7….3`. Version 0 was never saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub id: DraftId,
    pub version: i64,
}

impl Mark {
    fn new(web: &Web) -> Self {
        Self { id: DraftId::new(web.services.store.random_id()), version: 0 }
    }

    fn of(draft: &Draft) -> Self {
        Self { id: draft.id.clone(), version: draft.version }
    }

    /// The page for this draft.
    pub fn on(&self, path: &str) -> String {
        format!("{path}?{DRAFT}={self}")
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.id, self.version)
    }
}

impl FromStr for Mark {
    type Err = Failure;

    /// What none of our pages writes leads nowhere.
    fn from_str(text: &str) -> Result<Self, Failure> {
        let (id, version) = text.split_once('.').ok_or(Failure::NotFound)?;
        let is_id = (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let version: i64 = version.parse().map_err(|_| Failure::NotFound)?;
        if is_id && 0 <= version { Ok(Self { id: DraftId::new(id), version }) } else { Err(Failure::NotFound) }
    }
}

/// What a kind of draft contains.
pub trait Content: Serialize + DeserializeOwned {
    const KIND: Kind;

    /// What the draft is called in lists.
    fn name(&self) -> &str;
}

/// A form of a draft, as it is posted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Posted<F> {
    #[serde(flatten)]
    pub form: F,
    /// The draft and version that the page showed. Pages from before an update name none.
    pub draft: String,
    /// The organization that the page was shown for.
    pub organization: String,
    /// The app that this one is a copy of.
    pub from: String,
    /// The button, or the script: `background`.
    pub then: String,
}

impl<F> Posted<F> {
    /// Whether the person goes back to the page before.
    pub fn goes_back(&self) -> bool {
        self.then == "back"
    }
}

/// A draft that a page or a form works on.
pub struct Opened<C> {
    /// For the draft's organization.
    pub vendor: Vendor,
    /// The version that the address or the form names.
    named: Mark,
    /// What is stored; nothing in version 0.
    pub stored: Option<Stored<C>>,
    /// `None`: for one that is not registered yet.
    pub organization: Option<OrganizationId>,
}

/// The newest version of a draft.
pub struct Stored<C> {
    pub content: C,
    version: i64,
    pub saved_at: Timestamp,
}

/// Where an address that names no draft leads, and for which organization a draft is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// To a new draft, for the organization that the vendor acts for.
    New,
    /// To the last draft, or to a new one, for that organization.
    Continue,
    /// To a new draft, for an organization that is not registered yet.
    Another,
}

/// The parameter of addresses for [`Begin::Another`].
pub const ANOTHER: &str = "another";

impl<C: Content> Opened<C> {
    /// The draft that the page's address names. An address that names none leads to one that does.
    pub async fn of_page(web: &Web, begin: Begin) -> Result<Self, Failure> {
        let vendor = match web.request.query("from") {
            Some(app) => Vendor::of_app(web, &ApplicationId::new(app)).await?,
            None => Vendor::enter(web).await?,
        };
        if let Some(named) = web.request.query(DRAFT) {
            return Self::find(web, vendor, named.parse()?, begin).await;
        }
        let mark = match begin {
            Begin::Continue => newest::<C>(web, &vendor).await?,
            Begin::New | Begin::Another => Mark::new(web),
        };
        let kept =
            |(name, _): &&(String, String)| ["from", ORGANIZATION, ANOTHER, "why", "done"].contains(&name.as_str());
        let kept = web.request.query.iter().filter(kept);
        let mut query = Serializer::new(String::new());
        query.append_pair(DRAFT, &mark.to_string()).extend_pairs(kept);
        Err(Failure::redirect(format!("{}?{}", web.request.path, query.finish())))
    }

    /// The draft that a form names. A page from before an update names none: it continues the last one.
    pub async fn of_form<F>(web: &Web, posted: &Posted<F>, begin: Begin) -> Result<Self, Failure> {
        let vendor = Vendor::of_form(web, &posted.organization).await?;
        if posted.draft.is_empty() {
            let mark = newest::<C>(web, &vendor).await?;
            return Self::find(web, vendor, mark, Begin::Continue).await;
        }
        Self::find(web, vendor, posted.draft.parse()?, begin).await
    }

    async fn find(web: &Web, vendor: Vendor, named: Mark, begin: Begin) -> Result<Self, Failure> {
        let mut ctx = web.services.store.read().await?;
        let found = drafts::find(&mut ctx, &vendor.account.id, &named.id).await?;
        drop(ctx);
        match found {
            Found::Draft(draft) if draft.kind == C::KIND => {
                let vendor = match &draft.organization {
                    Some(id) if vendor.organization_id() != Some(id) => Vendor::of_form(web, id.as_str()).await?,
                    _ => vendor,
                };
                // What another version of ours wrote may not be readable.
                let content = serde_json::from_str(&draft.content).map_err(|_| Failure::NotFound)?;
                let stored = Some(Stored { content, version: draft.version, saved_at: draft.saved_at });
                Ok(Self { vendor, named, stored, organization: draft.organization })
            }
            Found::Nothing if named.version == 0 => {
                let organization = vendor.organization_id().filter(|_| begin != Begin::Another).cloned();
                Ok(Self { vendor, named, stored: None, organization })
            }
            Found::Nothing => Err(Failure::because(page::list_of(&vendor), Reason::DraftGone)),
            Found::Draft(_) | Found::NotTheirs => Err(Failure::NotFound),
        }
    }

    /// The version that is stored: what a page shows.
    pub fn mark(&self) -> Mark {
        let version = self.stored.as_ref().map_or(0, |stored| stored.version);
        Mark { id: self.named.id.clone(), version }
    }

    /// Saves what a form of this draft posted, and leads on where that is not the caller's business: `None` if it has answered.
    /// `at` is the form and its page.
    pub async fn keep<F>(
        &self,
        web: &Web,
        at: (&'static str, &str),
        posted: &Posted<F>,
        content: &C,
    ) -> Result<Option<Mark>, Failure>
    where
        F: Serialize,
    {
        let (form, path) = at;
        let (mark, wrong) = match self.save(web, content).await? {
            Ok(mark) => (mark, None),
            Err((mark, code)) => (mark, Some(code)),
        };
        match (posted.then.as_str(), wrong) {
            ("background", wrong) => {
                let answer = page::answer(&mark, wrong);
                web.redirect(answer);
            }
            (_, Some(code)) => web.refuse(form, mark.on(path), &posted.form, [Error::general(code)]).await?,
            ("later", None) => web.redirect(Notice::DraftSaved.on(page::list_of(&self.vendor))),
            (_, None) => return Ok(Some(mark)),
        }
        Ok(None)
    }

    /// The new version, or the stored one and why nothing was saved.
    async fn save(&self, web: &Web, content: &C) -> Result<Result<Mark, (Mark, Code)>, Failure> {
        let mut ctx = web.services.store.write().await?;
        let saved = self.put(&mut ctx, &self.named, content).await?;
        let id = self.named.id.clone();
        match saved {
            Ok(version) => {
                ctx.commit().await?;
                Ok(Ok(Mark { id, version }))
            }
            Err(Refused::Stale) => {
                let newest = drafts::find(&mut ctx, &self.vendor.account.id, &id).await?;
                let Found::Draft(draft) = newest else { return Err(Failure::Conflict) };
                Ok(Err((Mark::of(&draft), Code::DraftChanged)))
            }
            Err(Refused::TooMany) => Ok(Err((Mark { id, version: 0 }, Code::TooManyDrafts))),
            Err(error) => Err(error.into()),
        }
    }

    /// Saves in place of this version, which was saved just now.
    pub async fn overwrite(&self, web: &Web, mark: &Mark, content: &C) -> Result<Mark, Failure> {
        let mut ctx = web.services.store.write().await?;
        let version = self.put(&mut ctx, mark, content).await??;
        ctx.commit().await?;
        Ok(Mark { id: mark.id.clone(), version })
    }

    async fn put(&self, ctx: &mut Ctx, mark: &Mark, content: &C) -> Result<Result<i64, Refused>, Failure> {
        let json = json_of(content)?;
        let typed = Typed {
            id: &mark.id,
            version: mark.version,
            organization: self.organization.as_ref(),
            kind: C::KIND,
            name: content.name(),
            content: &json,
        };
        Ok(drafts::save(ctx, &self.vendor.account.id, typed).await)
    }
}

/// The last draft of the kind for the organization that the vendor acts for, otherwise a new one.
async fn newest<C: Content>(web: &Web, vendor: &Vendor) -> Result<Mark, Failure> {
    let mut ctx = web.services.store.read().await?;
    let newest = drafts::newest(&mut ctx, &vendor.account.id, C::KIND, vendor.organization_id()).await?;
    drop(ctx);
    Ok(newest.map_or_else(|| Mark::new(web), |draft| Mark::of(&draft)))
}

/// What is stored: all of it, unless it is larger than a draft may be. Then the longest texts are cut.
fn json_of(content: &impl Serialize) -> Result<String, Failure> {
    let mut value = serde_json::to_value(content).map_err(|error| Failure::internal(&error))?;
    let json = value.to_string();
    if json.len() <= drafts::LARGEST {
        return Ok(json);
    }
    cut(&mut value);
    let json = value.to_string();
    if json.len() <= drafts::LARGEST { Ok(json) } else { Err(Failure::TooLarge) }
}

fn cut(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.chars().take(LONGEST).collect(),
        Value::Array(values) => values.iter_mut().for_each(cut),
        Value::Object(fields) => fields.values_mut().for_each(cut),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_is_written_and_nothing_else_is() {
        let mark: Mark = "k7.3".parse().unwrap();
        assert_eq!((mark.id.as_str(), mark.version, mark.to_string().as_str()), ("k7", 3, "k7.3"));
        assert_eq!(mark.on("/owner"), "/owner?draft=k7.3");
        for wrong in ["", "k7", ".3", "k7.", "k7.-1", "k7.x", "k&7.1", "k/7.1", "k7.3.1"] {
            assert!(wrong.parse::<Mark>().is_err(), "{wrong}");
        }
        assert!(format!("{}.1", "k".repeat(65)).parse::<Mark>().is_err());
    }

    #[test]
    fn what_is_too_large_is_cut_and_the_rest_is_kept() {
        let content = serde_json::json!({ "name": "Care Costs", "description": "x".repeat(100_000) });
        let json = json_of(&content).unwrap();
        assert!(json.len() < drafts::LARGEST && json.contains("Care Costs"));
        let small = serde_json::json!({ "name": "Care Costs" });
        assert_eq!(json_of(&small).unwrap(), small.to_string());
    }
}
