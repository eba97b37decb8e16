//! The names and navigation of the portals.

use crate::{locale::Locale, page::Portal};

/// A navigation entry: address and name.
pub type Entry = (&'static str, &'static str);

impl Portal {
    pub fn name(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Site, _) => "FHIR Layer EXchange",
            (Self::Owner, _) => "App Owner",
            (Self::Admin, _) => "Administrative & Support Portal",
            (Self::Member, Locale::English) => "CMS Interoperability Member Portal",
            (Self::Member, Locale::Spanish) => "Portal de Interoperabilidad CMS para Miembros",
            (Self::Consent, Locale::English) => "Share your health data",
            (Self::Consent, Locale::Spanish) => "Compartir sus datos de salud",
        }
    }

    /// The start page of the portal.
    pub fn home(self) -> &'static str {
        match self {
            Self::Site | Self::Consent => "/",
            Self::Owner => "/owner",
            Self::Admin => "/admin",
            Self::Member => "/member",
        }
    }

    /// The class that gives the portal its accent colour.
    pub fn accent(self) -> &'static str {
        match self {
            Self::Site => "accent-site",
            Self::Owner => "accent-owner",
            Self::Admin => "accent-admin",
            Self::Member | Self::Consent => "accent-member",
        }
    }

    /// Shown once signed in.
    pub fn navigation(self, locale: Locale) -> &'static [Entry] {
        match (self, locale) {
            (Self::Site | Self::Consent, _) => &[],
            (Self::Owner, _) => &[
                ("/owner", "Dashboard"),
                ("/owner/applications", "Applications"),
                ("/owner/applications/new", "Register New App"),
                ("/owner/profile", "Profile"),
                ("/owner/organization", "Organization Profile"),
                ("/owner/documentation", "Documentation"),
                ("/owner/support", "Support"),
            ],
            (Self::Admin, _) => &[
                ("/admin", "Dashboard"),
                ("/admin/queues/organizations", "Organizations"),
                ("/admin/queues/applications", "Applications"),
                ("/admin/search", "Search"),
                ("/admin/programs", "Programs & payers"),
                ("/admin/audit", "Audit log"),
            ],
            (Self::Member, Locale::English) => {
                &[("/member", "Connected apps"), ("/member/past", "Past access"), ("/member/advice", "Choosing an app")]
            }
            (Self::Member, Locale::Spanish) => &[
                ("/member", "Aplicaciones conectadas"),
                ("/member/past", "Accesos anteriores"),
                ("/member/advice", "Elegir una aplicación"),
            ],
        }
    }

    pub(crate) fn skip(self, locale: Locale) -> &'static str {
        match locale {
            Locale::English => "Skip to main content",
            Locale::Spanish => "Ir al contenido principal",
        }
    }
}
