//! The deployment's addresses as tokens name them: issuers and audiences, from configuration only.

use std::sync::Arc;

use model::partition::Partition;
use programs::{
    Programs,
    surface::{Surface, SurfaceKind},
};
use url::Url;

/// Every base of every program.
#[derive(Clone, Debug)]
pub struct Bases(Vec<Arc<Surface>>);

impl Bases {
    pub fn new(programs: &Programs, public_url: &Url) -> Self {
        Self(programs.surfaces(public_url).into_iter().map(Arc::new).collect())
    }

    /// Whether tokens of this partition may have been issued here.
    pub fn is_issuer(&self, partition: &Partition, issuer: &str) -> bool {
        self.of(SurfaceKind::Authz, partition).any(|surface| surface.base() == issuer)
    }

    /// The partition's first authorization server: the issuer where no request says through which base it came.
    pub fn issuer(&self, partition: &Partition) -> Option<&str> {
        self.of(SurfaceKind::Authz, partition).map(Surface::base).next()
    }

    /// The FHIR bases of a partition.
    pub fn fhir(&self, partition: &Partition) -> impl Iterator<Item = &str> {
        self.of(SurfaceKind::Fhir, partition).map(Surface::base)
    }

    /// Whether `aud` of an authorization request names one of the partition's FHIR bases, with or without a slash at the end.
    pub fn is_fhir(&self, partition: &Partition, audience: &str) -> bool {
        let audience = audience.strip_suffix('/').unwrap_or(audience);
        self.fhir(partition).any(|base| base == audience)
    }

    /// The FHIR base reached the same way as this authorization server: by path, or by the host of the same place in
    /// the program's list.
    pub fn fhir_beside(&self, authz: &Surface) -> Option<&Surface> {
        self.beside(authz, SurfaceKind::Fhir)
    }

    /// The authorization server reached the same way as this FHIR base.
    pub fn authz_beside(&self, fhir: &Surface) -> Option<&Surface> {
        self.beside(fhir, SurfaceKind::Authz)
    }

    fn beside(&self, surface: &Surface, kind: SurfaceKind) -> Option<&Surface> {
        let place = self.siblings(surface, surface.kind).position(|sibling| sibling == surface)?;
        self.siblings(surface, kind).nth(place).or_else(|| self.siblings(surface, kind).next())
    }

    /// Bases of one kind for the same program and environments, the main host's path first.
    fn siblings(&self, surface: &Surface, kind: SurfaceKind) -> impl Iterator<Item = &Surface> {
        let (program, environments) = (surface.program.clone(), surface.environments.clone());
        self.iter()
            .filter(move |other| other.kind == kind && other.program == program && other.environments == environments)
    }

    fn of(&self, kind: SurfaceKind, partition: &Partition) -> impl Iterator<Item = &Surface> {
        self.iter().filter(move |surface| {
            surface.kind == kind
                && surface.program == partition.program
                && surface.environments.contains(&partition.environment)
        })
    }

    fn iter(&self) -> impl Iterator<Item = &Surface> {
        self.0.iter().map(Arc::as_ref)
    }
}
