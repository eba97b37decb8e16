//! The only code that reaches the browser as WASM. Each island adds comfort to something that works without it. Passkeys are
//! the exception: browsers offer them to scripts only, so the page offers other ways beside them. Each island marks its
//! element `data-ready` once it listens.

pub mod check;
pub mod copy;
pub mod filter;
pub mod passkey;
pub mod ready;
