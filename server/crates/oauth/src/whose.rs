//! Whose data a request is about, for people who may act for others: their own, or that of one of them.

use identity::members::{self, Basis, People};
use model::id::PatientId;
use store::{Ctx, sql};

use crate::requests::{self, Error, Request, Step, Visit};

/// Whose data a request is about, as its member said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The member's own, whichever member that is.
    Own,
    /// Of someone for whom the account may act.
    Patient(PatientId),
}

/// Whose data it is, or what has to happen first.
pub(crate) fn subject(request: &Request, people: &People) -> Result<(PatientId, Basis), Step> {
    match (&request.whose, &people.own, &people.represented[..]) {
        (Some(Whose::Patient(chosen)), ..) => {
            people.basis(chosen).map(|basis| (chosen.clone(), basis)).ok_or(Step::Person)
        }
        (Some(Whose::Own), Some(own), _) | (None, Some(own), []) => Ok((own.clone(), Basis::Own)),
        (Some(Whose::Own), None, _) | (None, None, []) => Err(Step::Member),
        // The provider does not know the account as a member, so there is no one else.
        (None, None, [only]) if request.at_provider => Ok((only.patient.clone(), Basis::Representative(only.until))),
        (None, ..) => Err(Step::Person),
    }
}

/// Whose data the account that is signed in may share with the app. `None` if no one who counts is signed in, or if the
/// request is not about a member's data.
pub async fn people(ctx: &mut Ctx, request: &Request, visit: &Visit<'_>) -> Result<Option<People>, Error> {
    let Some(payer) = request.payer.as_ref().filter(|_| request.needs_patient()) else { return Ok(None) };
    match (requests::member(ctx, request, visit).await?, request.signed_in(visit)) {
        (Ok(_) | Err(Step::Person | Step::Member), Some(signed_in)) => {
            Ok(Some(members::people(ctx, &signed_in.account, &request.partition, payer).await?))
        }
        _ => Ok(None),
    }
}

/// The member says whose data it is. They may change it until they answer. [`Error::UnknownPerson`] if the account may not act
/// for this person now.
pub async fn choose(ctx: &mut Ctx, visit: &Visit<'_>, whose: &Whose) -> Result<(), Error> {
    let request = requests::find(ctx, visit).await?;
    let people = people(ctx, &request, visit).await?.ok_or(Error::UnknownPerson)?;
    if let Whose::Patient(patient) = whose
        && people.basis(patient).is_none()
    {
        return Err(Error::UnknownPerson);
    }
    let done = sql("UPDATE authorization_request SET patient_id = $1 WHERE handle_hash = $2 AND decided_at IS NULL")
        .bind(whose.column())
        .bind(request.hash)
        .execute(&mut ctx.tx)
        .await?;
    if done == 1 { Ok(()) } else { Err(Error::NotFound) }
}

impl Whose {
    /// No Patient has an empty id.
    fn column(&self) -> &str {
        match self {
            Self::Own => "",
            Self::Patient(patient) => patient.as_str(),
        }
    }

    pub(crate) fn of_column(text: String) -> Self {
        if text.is_empty() { Self::Own } else { Self::Patient(PatientId::new(text)) }
    }
}
