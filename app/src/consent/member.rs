//! Whose data: in the sandbox a test member that the member chooses, in production their own, proved once.

use fhir::members::{self, Member};
use model::{
    id::{PatientId, PayerId},
    partition::{Environment, Partition},
};
use oauth::requests::Request;
use programs::program::{CardProof, Payer};
use store::Ctx;

use crate::{
    consent::{frame::Frame, link_member, test_member},
    failure::Failure,
    page::Page,
    payers::problem::{unknown_member, unlinkable},
    web::Web,
};

/// A sandbox publishes few members, and no one would read a longer list.
const MOST: u32 = 500;

pub async fn page(web: &Web, request: &Request, frame: &Frame) -> Result<Page, Failure> {
    if request.at_provider {
        return unknown(web, request);
    }
    match proof(web, request) {
        Proof::Choice => test_member::page(web, request, frame).await,
        Proof::Card(_) => link_member::page(web, request, frame).await,
        Proof::None => never(web, request),
    }
}

/// How a member with a Healthcare ID proves who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Not at all. Members choose a test member.
    Choice,
    /// By the card and what else the program file asks for. If it asks for nothing, by a code if one can be sent.
    Card(Option<CardProof>),
    /// Not here. The payer's own provider says who is who, if it has one.
    None,
}

/// What the program file says about the request's payer.
pub fn proof(web: &Web, request: &Request) -> Proof {
    let payer = request.payer.as_ref().filter(|_| !request.at_provider);
    payer.map_or(Proof::None, |payer| proof_at(web, &request.partition, payer))
}

/// The same for any payer, for members who are signed in with a Healthcare ID.
pub fn proof_at(web: &Web, partition: &Partition, payer: &PayerId) -> Proof {
    let environment = partition.environment;
    let program = web.services.programs.get(&partition.program);
    let Some(payer) = program.and_then(|program| program.payer(payer)) else { return Proof::None };
    match (environment, payer.card_proof.get(&environment).copied()) {
        _ if payer.lacks_provider(environment) || payer.has_provider(environment) => Proof::None,
        (_, Some(CardProof::Never)) => Proof::None,
        (Environment::Sandbox, None) => Proof::Choice,
        (_, proof) => Proof::Card(proof),
    }
}

/// The payer that the request is about, if it has been chosen.
pub fn payer<'w>(web: &'w Web, request: &Request) -> Option<&'w Payer> {
    web.services.programs.get(&request.partition.program)?.payer(request.payer.as_ref()?)
}

/// For payers whose program file does not allow proof by card.
fn never(web: &Web, request: &Request) -> Result<Page, Failure> {
    let payer = payer(web, request).ok_or(Failure::NotFound)?;
    Ok(unlinkable(&payer.name, web.request.param("handle")?, web.locale()))
}

/// Only the payer's own provider says who is a member.
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
    find_in(&mut web.services.store.read().await?, partition, payer, patient).await
}

/// The same within a transaction that is already open.
pub async fn find_in(
    ctx: &mut Ctx,
    partition: &Partition,
    payer: &PayerId,
    patient: &PatientId,
) -> Result<Option<Member>, Failure> {
    let member = members::find_in(ctx, partition, patient).await?;
    Ok(member.filter(|member| is_insured_by(member, payer)))
}

/// A Patient without an insurer counts for every payer of the program.
pub fn is_insured_by(member: &Member, payer: &PayerId) -> bool {
    member.payer.as_ref().is_none_or(|own| own == payer)
}
