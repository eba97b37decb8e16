//! What every request passes, outermost first; `router.rs` stacks them in this order.
//!
//! 1. `trace`: first, so that every log line and answer carries the request's name (`request_id`); one line a request, with
//!    its route and never its query, which may carry codes or PHI.
//! 2. `address`: who calls, for all that counts callers.
//! 3. `headers`: on every answer, also on those that the layers below make.
//! 4. `rate`: whoever calls too often waits, before any work is done.
//! 5. `panic`: a defect answers 500 like any other error, below the headers.
//! 6. `limits`: size and time, before any work is done; `slow`: the time of the body alone.
//! 7. `surface`: which program's base the request came through; may rewrite the path, so it stands before routing.
//! 8. `csrf`: on the portals' routes alone; the APIs take no cookies.

pub mod address;
pub mod around;
pub mod csrf;
pub mod headers;
pub mod rate;
pub mod request_id;
pub mod slow;
pub mod surface;
pub mod trace;
