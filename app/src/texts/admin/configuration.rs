//! `/admin/configuration`

use model::texts;

texts! {
    TITLE = "Configuration";
    ABOUT =
        "This is what flex check-config says about the settings of the server that answered you. The check changes nothing, and no line \
         shows a secret. To change the configuration, change its files and start the server again.";
    WELL = "All is well.";
    PROBLEM = "A start would fail";
    CHECKED = "Checked";
    STARTED = "Running since";
    VERSION = "Version";
    PROCESS = "Process";
    FILE = "Settings file";
    NO_FILE = "None. Defaults and environment variables only.";
    FINDINGS = "Findings";
    SEE = "See what flex check-config says about this server";
}
