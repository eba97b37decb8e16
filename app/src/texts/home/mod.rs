//! The pages that belong to no portal.

pub mod accessibility;
pub mod landing;
pub mod privacy;
pub mod status;
pub mod terms;
pub mod what_is_healthcare_id;
