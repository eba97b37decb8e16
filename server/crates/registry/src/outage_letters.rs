//! What the owners of apps hear of a large-scale outage: that it began and that it is over, each once, and by when we answer them now.
//! A correction is written about only to those whose times it moved: owners need not know what we wrote down wrongly.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use mail::{message::Message, messages::outage as letters, moment::When, outbox, reader::Reader, site::Site};
use model::{id::OrganizationId, partition::ProgramId};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    Registry, applications, clock,
    error::Result,
    notices::{PERSON, Person},
    outages::Outage,
    subject::Subject,
};

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Begun,
    Ended,
    Corrected,
}

type Letter = fn(&Site, Reader<'_>, &letters::Outage<'_>) -> Message;

/// What waits for us, and by when we answer.
pub(crate) struct Dues(HashMap<Subject, Due>);

struct Due {
    subject: Subject,
    name: String,
    programs: Vec<ProgramId>,
    at: Timestamp,
}

impl Dues {
    /// As they are now.
    pub async fn read(ctx: &mut Ctx) -> Result<Self> {
        let found: Vec<Due> =
            sql("SELECT c.organization_id, c.application_id, c.ticket_id, COALESCE(t.title, a.name, o.name),
                 COALESCE(t.program, (SELECT string_agg(p.program, ' ') FROM application_program p
                     WHERE p.application_id = c.application_id)), c.due_at
             FROM conversation c JOIN organization o ON o.id = c.organization_id
             LEFT JOIN ticket t ON t.id = c.ticket_id LEFT JOIN application a ON a.id = c.application_id
             WHERE c.turn = 'administration' AND c.due_at IS NOT NULL")
            .fetch_list(&mut ctx.tx)
            .await?;
        Ok(Self(found.into_iter().map(|due| (due.subject.clone(), due)).collect()))
    }

    /// Of each organization, what is due at another time than before.
    fn moved_since(self, before: &Self, registry: &Registry) -> BTreeMap<OrganizationId, Vec<(String, When)>> {
        let mut moved: BTreeMap<OrganizationId, Vec<_>> = BTreeMap::new();
        let mut all: Vec<Due> = self.0.into_values().collect();
        all.sort_by(|one, other| (one.at, &one.name).cmp(&(other.at, &other.name)));
        for due in all {
            if before.0.get(&due.subject).is_some_and(|earlier| earlier.at != due.at) {
                let when = clock::when(registry, &due.programs, due.at);
                moved.entry(due.subject.organization().clone()).or_default().push((due.name, when));
            }
        }
        moved
    }
}

/// Writes to the owners. `before`: what was due before the outage was saved and all times were counted again.
pub(crate) async fn write(
    ctx: &mut Ctx,
    registry: &Registry,
    what: What,
    outage: &Outage,
    before: &Dues,
) -> Result<()> {
    let moved = Dues::read(ctx).await?.moved_since(before, registry);
    let (word, letter): (&str, Letter) = match what {
        What::Begun => ("begun", letters::begun),
        What::Ended => ("ended", letters::ended),
        What::Corrected => ("corrected", letters::corrected),
    };
    let program = outage.program.as_ref();
    let name = program.map(|id| registry.programs.get(id).map_or_else(|| id.to_string(), |found| found.name.clone()));
    let when = |at| match program {
        Some(id) => clock::when(registry, [id], at),
        None => clock::when(registry, registry.programs.iter().map(|program| &program.id), at),
    };
    for Owner { person, organization } in owners(ctx, program).await? {
        let own = moved.get(&organization).map(Vec::as_slice).unwrap_or_default();
        if what == What::Corrected && own.is_empty() {
            continue;
        }
        let (began, ends) = (when(outage.begins_at), outage.ends_at.map(when));
        let facts = letters::Outage { program: name.as_deref(), began, ends, moved: own };
        let message = letter(&registry.site, person.reader(), &facts);
        let key = format!("outage-{word}:{}:{}:{organization}:{}", outage.id, outage.version, person.account);
        outbox::enqueue(ctx, &key, &message).await?;
    }
    Ok(())
}

struct Owner {
    person: Person,
    organization: OrganizationId,
}

/// The owners of organizations with an app in the program; of all organizations that wait or have an app if none is named.
async fn owners(ctx: &mut Ctx, program: Option<&ProgramId>) -> Result<Vec<Owner>> {
    let mut query = sql(PERSON);
    query.push(
        ", m.organization_id FROM membership m JOIN account a ON a.id = m.account_id WHERE m.role = 'owner' AND ",
    );
    match program {
        Some(program) => {
            query.push(
                "EXISTS (SELECT 1 FROM application p JOIN application_program q ON q.application_id = p.id
                WHERE p.organization_id = m.organization_id AND p.standing <> 'deleted' AND q.program = ",
            );
            query.push_bind(program).push(")");
        }
        None => {
            query.push(
                "(EXISTS (SELECT 1 FROM application p
                WHERE p.organization_id = m.organization_id AND p.standing <> 'deleted')
                OR EXISTS (SELECT 1 FROM conversation c WHERE c.organization_id = m.organization_id
                    AND c.turn = 'administration'))",
            );
        }
    }
    query.push(" ORDER BY m.organization_id, m.joined_at, a.id");
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

impl FromRow for Owner {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { person: Person::from_row(row)?, organization: row.get(4)? })
    }
}

impl FromRow for Due {
    fn from_row(row: &Row) -> store::Result<Self> {
        let subject = Subject::new(row.get(0)?, row.get(1)?).with_ticket(row.get(2)?);
        let programs = applications::programs(row, 4)?.into_iter().collect();
        Ok(Self { subject, name: row.get(3)?, programs, at: row.get(5)? })
    }
}
