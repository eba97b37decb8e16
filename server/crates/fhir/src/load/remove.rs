//! Deletes resources: their history stays, but their rows in indexes and compartments go.

use jiff::Timestamp;
use model::id::PatientId;
use store::Ctx;

use super::{
    existing::Existing,
    leaving::Leaving,
    report::Report,
    resource::Parsed,
    settle::{self, Settleable},
    write::{Writer, history_rows, push_history, resource_rows},
};
use crate::error::{Error, Result};

/// How many resources one statement settles.
const MANY: i64 = 1_000;

impl<L: Leaving> Writer<'_, L> {
    /// Deletes resources, each given with its type's number, as of this moment. Those who could see one may know that
    /// it is gone.
    pub(super) async fn remove(
        &mut self,
        ctx: &mut Ctx,
        gone: Vec<(i64, Existing)>,
        at: Timestamp,
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
                at.into(),
                true.into(),
                "".into(),
                // Those who could not see it must not learn that it is gone.
                old.sensitive.into(),
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

    /// Assigns their targets' owner to resources whose targets came later than they did. This makes them visible, so it
    /// counts as a change: clients that follow the changes would otherwise miss them.
    pub(super) async fn settle_rest(&self, ctx: &mut Ctx) -> Result<()> {
        let through = self.preparer.through();
        let mut at = None;
        while !through.is_empty() {
            let found = settle::settleable(&mut ctx.tx, &through, MANY).await?;
            if found.is_empty() {
                break;
            }
            let at = match at {
                Some(at) => at,
                None => *at.insert(self.catalog.advance(&mut ctx.tx, self.store.now()).await?),
            };
            let (mut history, mut rows) = (history_rows(), resource_rows());
            for Settleable { old, kind, owner, sensitive } in found {
                push_history(&mut history, &old);
                let sensitive = sensitive | self.preparer.sensitive(&old.body);
                // A stored body has been parsed before.
                let body = Parsed::parse(&old.body).map_or(old.body, |parsed| parsed.body(old.version + 1, at));
                rows.push([
                    old.key.into(),
                    kind.into(),
                    old.id.into(),
                    owner.into(),
                    old.guarded.into(),
                    (old.version + 1).into(),
                    at.into(),
                    false.into(),
                    body.into(),
                    sensitive.into(),
                ]);
            }
            history.run(&mut ctx.tx).await?;
            rows.run(&mut ctx.tx).await?;
        }
        Ok(())
    }
}
