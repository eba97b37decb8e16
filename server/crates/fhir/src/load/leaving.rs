//! What else must end when a member's Patient is deleted. Other crates know; the loader only calls them.

use std::error::Error;

use model::{id::PatientId, partition::Partition};
use store::Ctx;

/// Called with deleted Patients in the transaction that deletes them, which is rolled back if this fails.
pub trait Leaving: Sync {
    fn left(
        &self,
        ctx: &mut Ctx,
        partition: &Partition,
        patients: &[PatientId],
    ) -> impl Future<Output = Result<(), Box<dyn Error + Send + Sync>>> + Send;
}

/// For partitions in which no member has allowed anything yet.
pub struct Nobody;

impl Leaving for Nobody {
    async fn left(&self, _: &mut Ctx, _: &Partition, _: &[PatientId]) -> Result<(), Box<dyn Error + Send + Sync>> {
        Ok(())
    }
}
