//! A password for the command line. An argument would appear in the list of processes, and the screen must not show
//! what is typed.

use std::io::{BufRead, IsTerminal, stdin};

use zeroize::Zeroizing;

use crate::Failure;

/// Longer than any valid password.
const LONGEST_LINE: u64 = 4096;

/// Asks at a terminal without echo, and twice, because the operator cannot see what they type. Otherwise reads the
/// first line of standard input.
pub fn read() -> Result<Zeroizing<String>, Failure> {
    if !stdin().is_terminal() {
        return first_line(stdin().lock());
    }
    let ask = |prompt: &str| rpassword::prompt_password(prompt).map(Zeroizing::new).map_err(Failure::Input);
    let password = ask("Password: ")?;
    if ask("The same password again: ")? != password {
        return Err(Failure::Usage("the two passwords do not match. Nothing was changed".to_owned()));
    }
    Ok(password)
}

fn first_line(input: impl BufRead) -> Result<Zeroizing<String>, Failure> {
    let mut line = Zeroizing::new(String::new());
    input.take(LONGEST_LINE).read_line(&mut line).map_err(Failure::Input)?;
    let line = Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned());
    if line.is_empty() {
        return Err(Failure::Usage("there is no password on standard input: send it as one line".to_owned()));
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_standard_input_is_the_password() {
        let read =
            |input: &str| first_line(input.as_bytes()).map(|line| line.to_string()).map_err(|error| error.to_string());
        assert_eq!(read("tall orchid river\r\nmore\n").unwrap(), "tall orchid river");
        assert_eq!(read(" blanks stay \n").unwrap(), " blanks stay ");
        assert!(read("").unwrap_err().contains("no password"));
        assert!(read("\n").unwrap_err().contains("no password"));
    }
}
