//! A position in what a load reads.

use super::{Item, Reject};

/// Ordered as things are read. The default comes before everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, from 1.
    pub file: u32,
    /// From 1; a file that is one text is one line.
    pub line: u64,
    /// In a Bundle, from 1; [`Place::WHOLE`] after the last one.
    pub entry: u64,
}

impl Place {
    /// The end of a text: the largest number of both databases.
    pub const WHOLE: u64 = i64::MAX as u64;
}

/// A text, and the place at which it ends.
pub struct Piece {
    pub place: Place,
    pub what: What,
}

pub enum What {
    Resource(Item),
    /// It names what to delete.
    Tombstone(Item),
    Reject(Reject),
}

impl What {
    pub fn of(read: Result<Item, Reject>, is_tombstone: bool) -> Self {
        match read {
            Ok(item) if is_tombstone => Self::Tombstone(item),
            Ok(item) => Self::Resource(item),
            Err(reject) => Self::Reject(reject),
        }
    }
}
