//! The languages that members read. Mail speaks them too, so they are the model's; pages know them from here.

pub use model::locale::Locale;
