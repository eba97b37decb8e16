//! The layers that every request passes, outermost first; `router.rs` stacks them in this order. The caller's address
//! is known before that (`address`).
//!
//! 1. `surface`: the program's base through which the request came; may rewrite the path, so it comes before routing.
//! 2. `trace`: gives every log line and answer the request's id (`request_id`), and writes one line per request, with
//!    its route and never its query, which may carry codes or PHI.
//! 3. `meter`: counts the call, whatever answers it.
//! 4. `headers`: on every answer, including those that the layers below make.
//! 5. `cors`: which pages of other sites may read the answer, whatever layer makes it.
//! 6. `refusal`: 429 and 503 say when to come back, in the format that the caller reads.
//! 7. `rate`: a caller that calls too often waits, before any work is done.
//! 8. `guard`: a panic answers 500 like any other error, and anything that takes too long 503.
//! 9. `body`: the body's size and time.
//! 10. `compress`: gzip for those who ask for it.
//! 11. `csrf`: on the portals' forms alone; the APIs take no cookies.
//! 12. `sessions`: on the portals' routes and where apps send browsers to authorize; nothing else asks who is signed in.

pub mod address;
pub mod around;
pub mod body;
pub mod compress;
pub mod cors;
pub mod csrf;
pub mod guard;
pub mod headers;
pub mod meter;
pub mod rate;
pub mod refusal;
pub mod request_id;
pub mod sessions;
pub mod surface;
pub mod trace;
pub mod unproxied;
