//! Claims that a provider keeps out of its id_tokens (OpenID Connect Core §5.3).

use serde_json::{Map, Value};

use crate::{
    Payers,
    discovery::Metadata,
    fault::Fault,
    fetch::{self, Request},
    id_token::IdToken,
};

impl Payers {
    /// What userinfo says about the member of the id_token, and about no one else (§5.3.2); `None` where there is none.
    pub(crate) async fn userinfo(
        &self,
        metadata: &Metadata,
        access_token: Option<&str>,
        id_token: &IdToken,
    ) -> Result<Option<Map<String, Value>>, Fault> {
        let (Some(url), Some(token)) = (&metadata.userinfo_endpoint, access_token) else { return Ok(None) };
        let authorization = Some(format!("Bearer {token}"));
        let request = Request { url: url.clone(), body: None, authorization };
        let claims: Map<String, Value> = fetch::json(&*self.fetch, "userinfo", request).await?;
        if claims.get("sub").and_then(Value::as_str) == Some(&id_token.subject) {
            Ok(Some(claims))
        } else {
            Err(Fault::OtherSubject)
        }
    }
}
