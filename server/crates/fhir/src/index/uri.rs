//! Values of uri parameters.

use serde_json::Value;

/// A canonical with version is found with and without it.
pub(super) fn read(value: &Value, add: &mut impl FnMut(String)) {
    let Some(uri) = value.as_str() else { return };
    if let Some((plain, _version)) = uri.split_once('|') {
        add(plain.to_owned());
    }
    add(uri.to_owned());
}
