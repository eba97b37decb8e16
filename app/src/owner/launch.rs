//! Where apps send members and ask for tokens.

use model::partition::{Environment, Partition};
use programs::{
    program::Program,
    surface::{Surface, SurfaceKind},
};

use crate::web::Web;

/// `{authz}/{payer}/oauth/authorize`
pub fn launch_url(base: &str, payer: &programs::program::Payer) -> String {
    format!("{base}/{}/oauth/authorize", payer.id)
}

/// The program's bases of a kind in an environment, by path first.
pub fn bases(web: &Web, program: &Program, kind: SurfaceKind, environment: Environment) -> Vec<Surface> {
    let partition = Partition::new(&program.id, environment);
    let surfaces = web.services.programs.surfaces(&web.services.public_url);
    let fits = |surface: &Surface| {
        surface.program == partition.program && surface.kind == kind && surface.environments.contains(&environment)
    };
    surfaces.into_iter().filter(fits).collect()
}
