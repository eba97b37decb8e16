//! Who asks, and what they may.

use std::collections::BTreeSet;

use ::audit::{
    security::{Kind, Trace},
    views::{self, Subject as Seen},
};
use identity::{
    accounts::Account,
    payer_accounts, roles, second_factor,
    sessions::{self, Session, Started},
};
use model::{account::Role, id::SessionId, partition::Partition};
use oauth::requests::{Browser, SignedIn};
use serde::{Deserialize, Serialize};
use store::digest::sha256;

use crate::{
    account::{second_factor::PATH, sign_in::with_next},
    failure::Failure,
    page::Portal,
    services::Services,
    web::{Web, reply::Cookie, request::Request},
};

/// The browser's session, and whose it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Visitor {
    pub session: Option<Session>,
    pub account: Option<Account>,
}

/// The cookie's name: the prefix keeps other hosts of the domain from setting it, which needs https.
pub fn session_cookie(https: bool) -> &'static str {
    if https { "__Host-flex_session" } else { "flex_session" }
}

/// The cookie that remembers the portal from which the browser came to the account pages.
pub fn portal_cookie(https: bool) -> &'static str {
    if https { "__Host-flex_portal" } else { "flex_portal" }
}

impl Web {
    /// Of this visitor, whose session is seen by it.
    pub async fn open(services: Services, request: Request, visitor: Visitor) -> Result<Self, Failure> {
        if let Some(session) = visitor.session.as_ref().filter(|session| session.is_touch_due(services.store.now())) {
            let mut ctx = services.store.write().await?;
            sessions::touch(&mut ctx, &session.id).await?;
            ctx.commit().await?;
        }
        Ok(Self { visitor: visitor.into(), ..Self::new(services, request) })
    }

    /// Who is signed in. Others are led to sign in and back.
    pub fn account(&self) -> Result<&Account, Failure> {
        self.visitor.account.as_ref().ok_or_else(|| Failure::redirect(self.sign_in_path()))
    }

    /// Where one signs in to come back to this page.
    pub fn sign_in_path(&self) -> String {
        let back = self.request.page_and_query();
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", &back).finish();
        // Members of some payers sign in elsewhere.
        let choose = back.starts_with("/member") && !self.services.payers.is_empty();
        format!("{}?{query}", if choose { "/member/signin" } else { "/signin" })
    }

    /// Who is signed in with a Healthcare ID; an account that a payer vouches for is a member of that payer and no more.
    pub async fn healthcare_account(&self) -> Result<&Account, Failure> {
        let account = self.account()?;
        let home = payer_accounts::home(&mut self.services.store.read().await?, &account.id).await?;
        if home.is_none() { Ok(account) } else { Err(Failure::Forbidden) }
    }

    /// Who is signed in, if they have one of the roles; others learn nothing but that they may not. A password alone opens
    /// nothing to anyone with a role: without a second factor they are led to set one up, and back.
    pub async fn staff(&self, allowed: &[Role]) -> Result<(&Account, BTreeSet<Role>), Failure> {
        let account = self.account()?;
        let mut ctx = self.services.store.read().await?;
        let roles = roles::of(&mut ctx, &account.id).await?;
        if !allowed.iter().any(|role| roles.contains(role)) {
            self.note(Kind::RoleRefused);
            return Err(Failure::Forbidden);
        }
        // A person who is signed in to an account with a factor has given it, because adding one ends all other sessions.
        if !second_factor::is_enrolled(&mut ctx, &account.id).await? {
            return Err(Failure::redirect(with_next(PATH, &self.request.page_and_query())));
        }
        Ok((account, roles))
    }

    /// Leaves a trace of what they tried who are signed in, and where; nothing of what was typed. Whether an id that is not
    /// theirs belongs to someone else is not looked up.
    pub fn note(&self, kind: Kind) {
        if let Some(account) = &self.visitor.account {
            let trace = Trace::of(kind, "portal", self.request.area()).by_account(&account.id);
            self.services.identity.watch.note(trace.at(self.request.address));
        }
    }

    /// Writes down that this member of our staff sees the data of these people on this page, each once an hour. A page calls it
    /// before it answers: what could not be written down is not shown.
    pub async fn saw(&self, viewer: &Account, people: &[Seen], of: Option<&Partition>) -> Result<(), Failure> {
        if !self.request.only_looks {
            views::seen(&self.services.store, &viewer.id, people, of, &self.request.path).await?;
        }
        Ok(())
    }

    /// Who may decide and change in the Administrative & Support Portal.
    pub async fn reviewer(&self) -> Result<&Account, Failure> {
        Ok(self.staff(&[Role::Administrator, Role::Reviewer]).await?.0)
    }

    /// Whether browsers may use our passkeys at the address of this request.
    pub fn has_passkeys_here(&self) -> bool {
        self.request.host.as_deref().is_some_and(|host| self.services.identity.relying_party.is_at(host))
    }

    pub fn session(&self) -> Option<&Session> {
        self.visitor.session.as_ref()
    }

    pub fn session_id(&self) -> Option<&SessionId> {
        self.session().map(|session| &session.id)
    }

    /// The name to greet with.
    pub fn signed_in_name(&self) -> Option<String> {
        self.visitor.account.as_ref().map(|account| account.name.to_string())
    }

    /// Who is signed in, as the authorization server asks.
    pub fn signed_in(&self) -> Option<SignedIn> {
        let account = self.visitor.account.as_ref()?.id.clone();
        let session = self.session()?;
        Some(SignedIn { account, at: session.authenticated_at?, session: session.id.clone() })
    }

    /// What ties authorization requests to this browser.
    pub fn browser(&self) -> Option<Browser> {
        Browser::from_cookies(&self.request.cookies, self.is_https())
    }

    /// Gives the browser the token of a session that is saved; it forgets it when it is closed.
    pub fn set_session(&self, started: &Started) {
        let (name, secure) = (session_cookie(self.is_https()), self.is_https());
        let cookie = Cookie { name, value: started.token.clone(), secure, max_age: None };
        self.change(|reply| reply.session = Some(cookie));
        // The session goes on under another token, to which what is remembered is tied.
        if let Some(portal) = self.remembered_portal() {
            self.tie_portal(portal, &started.token);
        }
    }

    /// Makes the browser forget its token.
    pub fn clear_session(&self) {
        self.set_cookie(session_cookie(self.is_https()), "", Some(0));
        if self.request.cookie(portal_cookie(self.is_https())).is_some() {
            self.set_cookie(portal_cookie(self.is_https()), "", Some(0));
        }
    }

    /// Remembers, for this session, from which portal the browser came to the account pages.
    pub fn remember_portal(&self, portal: Portal) {
        if let Some(token) = self.request.cookie(session_cookie(self.is_https())) {
            self.tie_portal(portal, token);
        }
    }

    /// That portal. What another site or another session wrote into the cookie is not tied to this session's token, and says
    /// nothing.
    pub fn remembered_portal(&self) -> Option<Portal> {
        let token = self.request.cookie(session_cookie(self.is_https()))?;
        let (word, tie) = self.request.cookie(portal_cookie(self.is_https()))?.split_once('.')?;
        Portal::named(word).filter(|_| tie == tie_of(word, token))
    }

    fn tie_portal(&self, portal: Portal, token: &str) {
        let Some(word) = portal.word() else { return };
        self.set_cookie(portal_cookie(self.is_https()), &format!("{word}.{}", tie_of(word, token)), None);
    }
}

/// Only who has the session's token can make it, and it does not reveal the token.
fn tie_of(word: &str, token: &str) -> String {
    sha256(&["portal", word, token].join(" "))
}
