//! Building blocks of pages, rendered on the server. Markup and class names are those of USWDS; what is ours alone is
//! in `style/`.

pub mod alert;
pub mod application;
pub mod breadcrumbs;
pub mod dialog;
pub mod due;
pub mod empty;
pub mod entries;
pub mod field;
pub mod footer;
pub mod form;
pub mod header;
pub mod history;
pub mod keys;
pub mod labels;
pub mod language;
pub mod link;
pub mod marked;
pub mod not_understood;
pub mod organization;
pub mod pager;
pub mod status;
pub mod steps;
pub mod summary;
pub mod table;
pub mod time;
