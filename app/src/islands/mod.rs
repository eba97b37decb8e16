//! The only code that reaches the browser as WASM. Each island adds comfort to what works without it (or, with passkeys, a way
//! that browsers have by script alone, beside others), and marks its element `data-ready` once it listens.

pub mod check;
pub mod choices;
pub mod copy;
pub mod filter;
pub mod passkey;
pub mod ready;
