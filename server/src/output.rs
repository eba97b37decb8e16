//! What commands print. A reader that has gone (`flex … | head`) is no failure of the command: it does what it was asked
//! to, and prints no more.

use std::{
    fmt::Arguments,
    io::{self, ErrorKind, Write},
};

/// Prints a line on standard output, as `println!` does, which panics where nobody reads any more.
macro_rules! say {
    ($($text:tt)*) => { $crate::output::line(format_args!($($text)*)) };
}
pub(crate) use say;

/// A line on standard output.
pub fn line(text: Arguments<'_>) {
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        Err(error) => tell(format_args!("flex: standard output cannot be written: {error}")),
    }
}

/// A line on standard error; where even that cannot be written, there is nobody to tell.
pub fn tell(text: Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
