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

    /// What it is for, in a sentence.
    pub fn about(self, locale: Locale) -> &'static str {
        match self {
            Self::Site => locale.of(
                "FLEX connects health apps with health plans. Members decide who may see their data.",
                "FLEX conecta aplicaciones de salud con planes de salud. Los miembros deciden quién puede ver sus datos.",
            ),
            Self::Owner => "Register your organization and its applications, and read how to connect them.",
            Self::Admin => "Review registrations of organizations and applications, and support members and vendors.",
            Self::Member => locale.of(
                "See which apps can read your health data, for how long, and stop them at any time.",
                "Vea qué aplicaciones pueden leer sus datos de salud y hasta cuándo, y deténgalas cuando quiera.",
            ),
            Self::Consent => locale.of(
                "Decide whether an app may read your health data, which data, and for how long.",
                "Decida si una aplicación puede leer sus datos de salud, cuáles y por cuánto tiempo.",
            ),
        }
    }

    /// The portal that an address belongs to.
    pub fn of(address: &str) -> Self {
        let is_below = |start: &str| {
            address.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
        };
        let portals = [Self::Owner, Self::Admin, Self::Member];
        let portal = portals.into_iter().find(|portal| is_below(portal.home()));
        portal.unwrap_or(if is_below("/consent") { Self::Consent } else { Self::Site })
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
