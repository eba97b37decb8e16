//! Values of uri parameters.

use serde_json::Value;

/// A search finds a canonical that has a version with and without the version.
pub(super) fn read(value: &Value, add: &mut impl FnMut(String)) {
    let Some(uri) = value.as_str() else { return };
    if let Some((plain, _version)) = uri.split_once('|') {
        add(plain.to_owned());
    }
    add(uri.to_owned());
}
