//! What administrators announce in the portals.

use crate::form::{Code, field::Field};

words! {
    /// What it is about.
    Kind {
        Information = "information",
        Maintenance = "maintenance",
        Outage = "outage",
        ..Unknown
    }
}

words! {
    /// How loud it is.
    Place {
        /// Above every page of the portal.
        Banner = "banner",
        /// On the dashboard.
        Board = "board",
        ..Unknown
    }
}

words! {
    /// Who reads it.
    Audience {
        Owner = "owner",
        Member = "member",
        Admin = "admin",
        /// The landing page, the documentation, and the status page.
        Public = "public",
        ..Unknown
    }
}

impl Audience {
    /// Whether its pages are in Spanish too.
    pub fn reads_spanish(self) -> bool {
        matches!(self, Self::Member | Self::Public)
    }
}

macro_rules! chosen {
    ($($type:ty)*) => {$(
        impl Field for $type {
            fn read(typed: &str) -> Result<Self, Code> {
                if typed.is_empty() { Err(Code::Required) } else { typed.parse() }
            }
        }
    )*};
}

chosen! { Kind Place Audience }
