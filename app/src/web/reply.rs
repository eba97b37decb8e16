//! What an answer carries besides its page.

/// Collected while a page or a form runs; the server writes it into the response.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// Where a form leads: answered with 303.
    pub location: Option<String>,
    /// Whole `Set-Cookie` values.
    pub cookies: Vec<String>,
}

/// A cookie that scripts cannot read and other sites' forms do not send; `max_age` in seconds.
pub fn cookie(name: &str, value: &str, https: bool, max_age: Option<i64>) -> String {
    let secure = if https { "; Secure" } else { "" };
    let max_age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{max_age}")
}
