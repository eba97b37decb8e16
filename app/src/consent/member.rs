//! Whose data: in the sandbox a test member of one's choice, in production oneself, proved once.

use fhir::members::{self, Member};
use model::{
    id::{PatientId, PayerId},
    partition::{Environment, Partition},
};
use oauth::requests::Request;

use crate::{
    consent::{link_member, test_member},
    failure::Failure,
    page::Page,
    payers::problem::unknown_member,
    web::Web,
};

/// The published members of a sandbox are few; more than these nobody would read.
const MOST: u32 = 500;

pub async fn page(web: &Web, request: &Request) -> Result<Page, Failure> {
    if request.at_provider {
        return unknown(web, request);
    }
    match request.partition.environment {
        Environment::Sandbox => test_member::page(web, request).await,
        Environment::Production => link_member::page(web, request).await,
    }
}

/// The payer's own provider says who is a member; nobody else can.
fn unknown(web: &Web, request: &Request) -> Result<Page, Failure> {
    let payer = request.payer.as_ref().ok_or(Failure::NotFound)?;
    let provider = web.services.payers.find(&request.partition, payer).ok_or(Failure::NotFound)?;
    Ok(unknown_member(&provider.name, web.request.param("handle")?, web.locale()))
}

/// The test members of a payer.
pub async fn published(web: &Web, partition: &Partition, payer: &PayerId) -> Result<Vec<Member>, Failure> {
    let mut ctx = web.services.store.read().await?.within(partition.clone());
    let members = members::list(&mut ctx, MOST).await?;
    Ok(members.into_iter().filter(|member| is_insured_by(member, payer)).collect())
}

/// The person of this id, if the payer insures them.
pub async fn find(
    web: &Web,
    partition: &Partition,
    payer: &PayerId,
    patient: &PatientId,
) -> Result<Option<Member>, Failure> {
    let mut ctx = web.services.store.read().await?.within(partition.clone());
    Ok(members::find(&mut ctx, patient).await?.filter(|member| is_insured_by(member, payer)))
}

/// A Patient that names nobody as its insurer counts for every payer of the program.
fn is_insured_by(member: &Member, payer: &PayerId) -> bool {
    member.payer.as_ref().is_none_or(|own| own == payer)
}
