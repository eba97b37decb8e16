//! The checks of `flex load`, from its command line.

use fhir::load::check::Checks;
use validate::{error::Error, package::Package, validator::Validator};

use crate::{Failure, cli::Load};

/// Reads the packages and prints what we cannot check in them.
pub fn checks(args: &Load) -> Result<Checks, Failure> {
    if args.no_checks {
        return Ok(Checks::none());
    }
    let wrong = |error: Error| Failure::Usage(error.to_string());
    let packages = args.package.iter().map(|path| Package::open(path)).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
    let validator = Validator::new(&packages).map_err(wrong)?;
    validator.notes().iter().for_each(|note| tracing::info!("not checked: {note}"));
    Ok(if args.strict { Checks::strictly_with(validator) } else { Checks::with(validator) })
}
