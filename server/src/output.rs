//! What commands print. A reader that has closed the pipe (`flex … | head`) is not a failure of the command: it does
//! what it was asked to do, and stops printing.

use std::{
    fmt::Arguments,
    io::{self, ErrorKind, Write},
};

/// Prints a line on standard output, like `println!`, which panics when the reader has closed the pipe.
macro_rules! say {
    ($($text:tt)*) => { $crate::output::line(format_args!($($text)*)) };
}
pub(crate) use say;

/// Prints a line on standard output.
pub fn line(text: Arguments<'_>) {
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        Err(error) => tell(format_args!("flex: cannot write to standard output: {error}")),
    }
}

/// Prints a line on standard error. If even that fails, no one can be notified.
pub fn tell(text: Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
