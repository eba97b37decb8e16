//! What a refused form leaves in the session, so that the page it came from can show it.

use identity::{flash, sessions};
use serde::Serialize;

use crate::{
    failure::Failure,
    form::flash::{Error, Flash, values_of},
    web::Web,
};

impl Web {
    /// What this form was refused for, once.
    pub async fn flash(&self, form: &str) -> Result<Flash, Failure> {
        let Some(session) = self.session().filter(|_| !self.request.only_looks) else { return Ok(Flash::default()) };
        let json = flash::take(&self.services.store, session, form).await?;
        // Written by an older version of ours perhaps: an empty form then.
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
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
        let flash = Flash { values: values_of(typed), errors: errors.into_iter().map(Into::into).collect() };
        let json = serde_json::to_string(&flash).map_err(|error| Failure::internal(&error))?;
        let mut ctx = self.services.store.write().await?;
        let session = match self.session_id() {
            Some(session) => session.clone(),
            None => {
                let started = sessions::start_anonymous(&mut ctx).await?;
                self.set_session(&started);
                started.id
            }
        };
        flash::put(&mut ctx, &session, form, &json).await?;
        ctx.commit().await?;
        // Leads the eye, and screen readers, to the summary wherever on the page it stands.
        self.redirect(format!("{}#errors", page.into()));
        Ok(())
    }
}
