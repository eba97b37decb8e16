//! What every request passes, outermost first; `router.rs` stacks them in this order.
//!
//! 1. `request_id`: first, so that every log line and answer carries it.
//! 2. `trace`: one line a request, with its route and never its query, which may carry codes or PHI.
//! 3. `headers`: on every answer, also on those that the layers below make.
//! 4. `panic`: a defect answers 500 like any other error, below the headers.
//! 5. `limits`: size and time, before any work is done.
//! 6. `surface`: which program's base the request came through; may rewrite the path, so it stands before routing.
//! 7. `csrf`: on the portals' routes alone; the APIs take no cookies.

pub mod csrf;
pub mod headers;
pub mod surface;
pub mod trace;
