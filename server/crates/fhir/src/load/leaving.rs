//! What else ends when a member's Patient is deleted: others know, the loader only asks them.

use std::error::Error;

use model::{id::PatientId, partition::Partition};
use store::Ctx;

/// Told of deleted Patients within the transaction that deletes them: it is undone if this fails.
pub trait Leaving: Sync {
    fn left(
        &self,
        ctx: &mut Ctx,
        partition: &Partition,
        patients: &[PatientId],
    ) -> impl Future<Output = Result<(), Box<dyn Error + Send + Sync>>> + Send;
}

/// For partitions in which nobody was allowed anything yet.
pub struct Nobody;

impl Leaving for Nobody {
    async fn left(&self, _: &mut Ctx, _: &Partition, _: &[PatientId]) -> Result<(), Box<dyn Error + Send + Sync>> {
        Ok(())
    }
}
