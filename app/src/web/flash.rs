//! What a refused form leaves in the session, so that the page it came from can show it.
//!
//! The page finds it by a handle in its address, `?form=sign-up.k7…`: each tab has its own, a reload keeps it, and it opens
//! nothing on another page, under another form or in another session.

use identity::{
    refused_forms::{self, Place, Room},
    sessions,
};
use model::form::Code;
use serde::Serialize;
use url::form_urlencoded;

use crate::{
    failure::Failure,
    form::flash::{Error, Flash, values_of},
    web::Web,
};

/// The query's parameter.
const FORM: &str = "form";

impl Web {
    /// What this form was refused for, where the address says so.
    pub async fn flash(&self, form: &str) -> Result<Flash, Failure> {
        let handle = self.request.query(FORM).and_then(|value| value.split_once('.'));
        let Some((_, handle)) = handle.filter(|(name, _)| *name == form) else { return Ok(Flash::default()) };
        let page = page(&self.request.path_and_query());
        let json = match self.session_id() {
            Some(session) => {
                let place = Place { session, form, page: &page };
                refused_forms::find(&mut self.services.store.read().await?, place, handle).await?
            }
            None => None,
        };
        // Written by an older version of ours perhaps.
        let flash = json.and_then(|json| serde_json::from_str(&json).ok());
        Ok(flash.unwrap_or_else(|| Flash { errors: vec![Error::general(Code::FormGone)], ..Flash::default() }))
    }

    /// Sends a form back to its page with what was typed and what is wrong with it. A browser without a session gets an
    /// anonymous one to keep it in.
    pub async fn refuse<E: Into<Error>>(
        &self,
        form: &str,
        page: impl Into<String>,
        typed: &impl Serialize,
        errors: impl IntoIterator<Item = E>,
    ) -> Result<(), Failure> {
        let room = if self.visitor.account.is_some() { Room::Account } else { Room::Anonymous };
        let flash = Flash { values: values_of(typed), errors: errors.into_iter().map(Into::into).collect() };
        let json = flash.into_json(room.bytes());
        let mut ctx = self.services.store.write().await?;
        let started = match self.session_id() {
            Some(_) => None,
            None => Some(sessions::start_anonymous(&mut ctx).await?),
        };
        let session = started.as_ref().map(|started| &started.id).or(self.session_id()).ok_or(Failure::Internal)?;
        let to = page.into();
        let place = Place { session, form, page: &self::page(&to) };
        let handle = refused_forms::keep(&mut ctx, place, room, &json).await?;
        ctx.commit().await?;
        if let Some(started) = &started {
            self.set_session(started);
        }
        let (to, _) = to.split_once('#').unwrap_or((&to, ""));
        let and = if to.contains('?') { '&' } else { '?' };
        // Leads the eye, and screen readers, to the summary wherever on the page it stands.
        self.redirect(format!("{to}{and}{FORM}={form}.{handle}#errors"));
        Ok(())
    }

    /// Forgets what was typed on the page that this form came from, unless the form leads to the same again.
    pub async fn forget_refused(&self, location: &str) -> Result<(), Failure> {
        let came_from = self.request.came_from.as_deref().unwrap_or_default();
        let (Some(session), Some(handle)) = (self.session_id(), handle_in(came_from)) else { return Ok(()) };
        if location.contains(&handle) {
            return Ok(());
        }
        let mut ctx = self.services.store.write().await?;
        refused_forms::forget(&mut ctx, session, &handle).await?;
        ctx.commit().await?;
        Ok(())
    }
}

/// The handle in the address of a page.
fn handle_in(address: &str) -> Option<String> {
    let (_, query) = address.split_once('?')?;
    let (_, value) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == FORM)?;
    value.split_once('.').map(|(_, handle)| handle.to_owned())
}

/// An address without the handle, written in one way.
fn page(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != FORM).collect();
    pairs.sort();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{path}?{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_the_same_whatever_handle_it_has() {
        fn check(address: &str, expect: &str) {
            assert_eq!(page(address), expect, "{address}");
        }
        check("/signup", "/signup?");
        check("/signup?form=sign-up.k7#errors", "/signup?");
        check("/signin?next=%2Fa%3Fform%3D1&form=sign-in.k7", "/signin?next=%2Fa%3Fform%3D1");
        check("/a?b=2&a=1", "/a?a=1&b=2");
        assert_eq!(handle_in("/signin?next=%2F&form=sign-in.k7"), Some("k7".to_owned()));
        assert_eq!(handle_in("/signin?next=%2F"), None);
    }
}
