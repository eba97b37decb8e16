//! The signals that a service manager sends.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Ctrl-C and the service manager's SIGTERM. From when it is made neither ends the process by itself, and none is missed.
pub struct Stops {
    interrupt: Signal,
    terminate: Signal,
}

impl Stops {
    pub fn listen() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Returns at the next one.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// SIGHUP would end the process; a terminal that closes and a manager that means "read your settings again" send it.
pub fn ignore_hangup() {
    let Ok(mut hangups) = signal(SignalKind::hangup()) else { return };
    tokio::spawn(async move {
        while hangups.recv().await.is_some() {
            tracing::info!("SIGHUP is ignored: settings are read at the start, so restart to change them");
        }
    });
}
