//! What a terminal shows while a person types: a real terminal, driven by the test.

use std::{
    fs::File,
    io::{Read, Write},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    pty::{OpenptFlags, ioctl_tiocgptpeer, openpt, unlockpt},
    termios::{LocalModes, tcgetattr},
};

use super::{PASSWORD, Place};

/// A terminal in which a command runs: what it shows, and its keyboard.
struct Terminal {
    screen: File,
    child: Child,
    shown: String,
}

impl Terminal {
    /// Runs the command alone in the terminal, which echoes what is typed unless the command turns that off.
    fn run(command: &Command) -> Self {
        // No other test's child may keep it open, nor may it become the tests' own.
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let screen = openpt(flags).unwrap();
        unlockpt(&screen).unwrap();
        let end = ioctl_tiocgptpeer(&screen, flags).unwrap();
        // Prompts go to the terminal that controls the process (`/dev/tty`), so it has to be this one.
        let mut session = Command::new("setsid");
        session.arg("--ctty").arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            session.env(name, value.unwrap_or_default());
        }
        let (stdout, stderr) = (end.try_clone().unwrap(), end.try_clone().unwrap());
        let child = session.stdin(end).stdout(stdout).stderr(stderr).spawn().unwrap();
        Self { screen: File::from(screen), child, shown: String::new() }
    }

    /// Reads until these words appear, or to the end.
    fn until(&mut self, words: &str) -> bool {
        let (from, mut buffer) = (self.shown.len(), [0; 1024]);
        while !self.shown[from..].contains(words) {
            // Once no process has the other end open, reading fails.
            match self.screen.read(&mut buffer) {
                Ok(0) | Err(_) => return false,
                Ok(length) => self.shown.push_str(&String::from_utf8_lossy(&buffer[..length])),
            }
        }
        true
    }

    fn type_line(&mut self, line: &str) {
        self.screen.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    /// Types a line once the prompt is there and the terminal is quiet: people are not that quick.
    fn answer(&mut self, prompt: &str, line: &str) {
        assert!(self.until(prompt), "{prompt}: {}", self.shown);
        let asked = Instant::now();
        let echoes = || tcgetattr(&self.screen).unwrap().local_modes.contains(LocalModes::ECHO);
        while echoes() && asked.elapsed() < Duration::from_secs(10) {
            thread::yield_now();
        }
        self.type_line(line);
    }

    /// Whether the command succeeded, and everything that was shown.
    fn ended(mut self) -> (bool, String) {
        self.until("\0");
        (self.child.wait().unwrap().success(), self.shown)
    }
}

/// Without this, the other tests would prove nothing.
#[test]
fn a_terminal_shows_what_is_typed_where_nothing_hides_it() {
    let mut command = Command::new("sh");
    command.args(["-c", "printf 'Name: '; read name"]);
    let mut terminal = Terminal::run(&command);
    assert!(terminal.until("Name: "));
    terminal.type_line(PASSWORD);
    let (ok, shown) = terminal.ended();
    assert!(ok && shown.contains(PASSWORD), "{shown}");
}

#[test]
fn passwords_do_not_show_while_they_are_typed() {
    let place = Place::new();
    let create = ["admin", "create", "--id", "ada-moreno", "--email", "ada@example.org", "--name", "Ada Moreno"];
    let reset = ["admin", "reset", "--id", "ada-moreno"];
    for arguments in [&create[..], &reset] {
        let mut terminal = Terminal::run(&place.command(arguments, &[]));
        terminal.answer("Password: ", PASSWORD);
        terminal.answer("The same password again: ", PASSWORD);
        let (ok, shown) = terminal.ended();
        assert!(ok && shown.contains("ada-moreno"), "{shown}");
        assert!(!shown.contains("orchid"), "{arguments:?}: {shown}");
    }

    let mut terminal = Terminal::run(&place.command(&reset, &[]));
    terminal.answer("Password: ", PASSWORD);
    terminal.answer("The same password again: ", "another orchid");
    let (ok, shown) = terminal.ended();
    assert!(!ok && shown.contains("the two passwords do not match"), "{shown}");
    assert!(!shown.contains("orchid"), "{shown}");
}
