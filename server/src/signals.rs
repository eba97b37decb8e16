//! The signals that a service manager sends.

use tokio::signal::{
    ctrl_c,
    unix::{SignalKind, signal},
};

/// Returns at Ctrl-C or at the service manager's SIGTERM.
pub async fn stopped() {
    let interrupt = ctrl_c();
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
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
