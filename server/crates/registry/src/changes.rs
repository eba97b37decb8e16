//! Mail to vendors about changes of the programs that their apps use. A program's file lists them.

use std::collections::BTreeSet;

use mail::{messages::change, outbox};
use model::partition::ProgramId;
use programs::program::Program;
use store::{Ctx, sql};

use crate::{Registry, error::Result, notices::Person};

/// The row that says that we write about a program's changes at all.
const BEGINNING: &str = "";

/// Writes to the owners of every app that is registered for a program about its new changes, once to each owner. Returns how
/// many changes were new. When a program is new, or the deployment's database is, we write about nothing: no one has used what
/// changed.
pub async fn announce(ctx: &mut Ctx, registry: &Registry) -> Result<usize> {
    let mut announced = 0;
    for program in registry.programs.iter() {
        let is_beginning = see(ctx, &program.id, BEGINNING).await?;
        // The oldest first, as they are to be read.
        for change in program.changes.iter().rev() {
            if see(ctx, &program.id, &change.id).await? && !is_beginning {
                write(ctx, registry, program, &change.id).await?;
                announced += 1;
            }
        }
    }
    Ok(announced)
}

/// Whether [`announce`] would do anything. A read: so most starts take no write lock.
pub async fn is_due(ctx: &mut Ctx, registry: &Registry) -> Result<bool> {
    let rows: Vec<(String, String)> = sql("SELECT program, id FROM program_change").fetch_all(&mut ctx.tx).await?;
    let seen: BTreeSet<(String, String)> = rows.into_iter().collect();
    let mut ids = registry.programs.iter().flat_map(|program| {
        let ids = program.changes.iter().map(|change| change.id.as_str()).chain([BEGINNING]);
        ids.map(|id| (program.id.to_string(), id.to_owned()))
    });
    Ok(ids.any(|id| !seen.contains(&id)))
}

/// Whether this is the first time that anyone sees it: of several processes, one.
async fn see(ctx: &mut Ctx, program: &ProgramId, id: &str) -> Result<bool> {
    let query = sql("INSERT INTO program_change (program, id, seen_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
    Ok(query.bind(program).bind(id).bind(ctx.now).execute(&mut ctx.tx).await? == 1)
}

async fn write(ctx: &mut Ctx, registry: &Registry, program: &Program, id: &str) -> Result<()> {
    let Some(change) = program.changes.iter().find(|change| change.id == id) else { return Ok(()) };
    let facts = change::Facts {
        program: &program.name,
        title: &change.title,
        text: &change.text,
        path: &format!("/docs/{}/changes#change-{}", program.id, change.id),
    };
    for owner in owners(ctx, &program.id).await? {
        let event = format!("program-changed:{}:{id}:{}", program.id, owner.account);
        let message = change::announced(&registry.site, owner.reader(), &facts);
        outbox::enqueue(ctx, &event, &message).await?;
    }
    Ok(())
}

/// The owners of the organizations that have an app there.
async fn owners(ctx: &mut Ctx, program: &ProgramId) -> Result<Vec<Person>> {
    let query = sql("SELECT a.id, a.name, a.email, a.language FROM membership m JOIN account a ON a.id = m.account_id
         WHERE m.role = 'owner' AND EXISTS (
             SELECT 1 FROM application p JOIN application_program q ON q.application_id = p.id
             WHERE p.organization_id = m.organization_id AND p.standing <> 'deleted' AND q.program = $1)
         ORDER BY m.joined_at, a.id");
    Ok(query.bind(program).fetch_list(&mut ctx.tx).await?)
}
