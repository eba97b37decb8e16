//! What every request passes, outermost first; `router.rs` stacks them in this order. Who calls is known before (`address`).
//!
//! 1. `trace`: first, so that every log line and answer carries the request's name (`request_id`); one line a request, with
//!    its route and never its query, which may carry codes or PHI.
//! 2. `headers`: on every answer, also on those that the layers below make.
//! 3. `rate`: whoever calls too often waits, before any work is done.
//! 4. `panic`: a defect answers 500 like any other error, below the headers.
//! 5. `timeout`: the time of the whole; `body`: the body's size and time.
//! 6. `surface`: which program's base the request came through; may rewrite the path, so it stands before routing.
//! 7. `csrf`: on the portals' routes alone; the APIs take no cookies.

pub mod address;
pub mod around;
pub mod body;
pub mod csrf;
pub mod headers;
pub mod rate;
pub mod request_id;
pub mod surface;
pub mod timeout;
pub mod trace;
