//! What the server's own probe found in the sandboxes.

use model::texts;

texts! {
    TITLE = "Sandbox checks";
    ABOUT =
        "The server signs in to each sandbox as an app and a test member would, reads a record, and revokes its token. The setting \
         probe.every_minutes says how often. The same uptime is in the documentation of programs whose file says quality = \"public\".";
    PROGRAM = "Program";
    LAST = "Last check";
    LAST_FAILED = "Last failure in 180 days";
    UPTIME = "Uptime in 30 days";
    PASSED = "Passed";
    FAILED = "Failed";
    RUNNING = "Running";
    MISSED = "Missed since";
    OFF = "Not checked";
    NONE = "None";
    NEVER_ENDED = "The check did not end.";
    /// The brackets are the link.
    failing(program, time, step) = "{program}: the sandbox check of {time} failed. {step} [See sandbox checks]";
}
