//! Deletes resources: their history stays, their rows in indexes and compartments go.

use model::id::PatientId;
use store::Ctx;

use super::{
    existing::Existing,
    leaving::Leaving,
    report::Report,
    settle,
    write::{Writer, history_rows, push_history, resource_rows},
};
use crate::error::{Error, Result};

impl<L: Leaving> Writer<'_, L> {
    /// Deletes these, each with its type's number. Whoever may see a deleted resource is told that it is gone.
    pub(super) async fn remove(
        &mut self,
        ctx: &mut Ctx,
        gone: Vec<(i64, Existing)>,
        report: &mut Report,
    ) -> Result<()> {
        if gone.is_empty() {
            return Ok(());
        }
        let olds: Vec<&Existing> = gone.iter().map(|(_, old)| old).collect();
        self.past_rows(ctx, &olds).await?.delete(&mut ctx.tx).await?;
        let keys: Vec<i64> = olds.iter().map(|old| old.key).collect();
        settle::unsettle(&mut ctx.tx, &self.preparer.through(), &keys).await?;

        let (mut history, mut rows, mut patients) = (history_rows(), resource_rows(), Vec::new());
        let patient = self.catalog.kind_number("Patient");
        for (kind, old) in &gone {
            push_history(&mut history, old);
            rows.push([
                old.key.into(),
                (*kind).into(),
                (&old.id).into(),
                Option::<i64>::None.into(),
                false.into(),
                (old.version + 1).into(),
                ctx.now.into(),
                true.into(),
                "".into(),
            ]);
            if *kind == patient {
                patients.push(PatientId::new(old.id.as_str()));
            }
            *report.deleted.entry(self.kind_name(*kind)).or_default() += 1;
        }
        history.run(&mut ctx.tx).await?;
        rows.run(&mut ctx.tx).await?;
        if !patients.is_empty() {
            self.leaving.left(ctx, &self.options.partition, &patients).await.map_err(Error::Leaving)?;
        }
        Ok(())
    }
}
