//! Whether an app could sign a member in to each sandbox and read data: the server tries it, as an app and a browser would, with an
//! account and an app of its own. What it does counts nowhere, and nothing of it stays but the result.

mod browser;
mod flow;

use std::time::Instant;

use app::consent::member::is_insured_by;
use fhir::members;
use identity::probes as accounts;
use jiff::SignedDuration;
use model::{
    id::{AccountId, ClientId, PatientId},
    partition::{Environment, Partition},
    probe::Step,
};
use programs::{
    program::{Payer, Program},
    surface::{Surface, SurfaceKind},
};
use registry::published;
use store::Ctx;
use usage::probes::{self, Found, Turn};

use self::{browser::Way, flow::Flow};
use crate::{Failure, state::AppState};

/// Longer than any probe takes: an account that is still there was left by a process that died.
const LEFT: SignedDuration = SignedDuration::from_mins(10);
/// A sandbox publishes few members.
const MOST: u32 = 500;

/// Makes the probes of this process.
pub struct Prober {
    state: AppState,
    way: Way,
}

/// Where a probe failed, and what came back there: never a text of the answer, which may say more than everyone may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    pub step: Step,
    pub reason: String,
}

impl Prober {
    pub fn new(state: &AppState) -> Result<Self, Failure> {
        if state.settings.probe.over_network {
            Self::over_network(state)
        } else {
            Ok(Self { state: state.clone(), way: Way::Process })
        }
    }

    /// Calls the public address, whatever the settings say.
    pub fn over_network(state: &AppState) -> Result<Self, Failure> {
        Ok(Self { state: state.clone(), way: Way::network()? })
    }

    /// How long from one probe to the next; `None` if the settings switch them off.
    fn every(&self) -> Option<SignedDuration> {
        let minutes = self.state.settings.probe.every_minutes;
        (0 < minutes).then(|| SignedDuration::from_mins(minutes.into()))
    }

    /// Makes the probes that are due and that no other process makes; returns how many. Where probes are switched off, it notes
    /// that instead.
    pub async fn round(&self) -> Result<usize, store::Error> {
        let mut made = 0;
        for program in self.state.services.programs.iter().filter(|program| can_probe(program)) {
            let (store, every) = (&self.state.services.store, self.every());
            if !probes::is_due(&mut store.read().await?, &program.id, every).await? {
                continue;
            }
            let mut ctx = store.write().await?;
            let turn = match every {
                Some(every) => probes::take_turn(&mut ctx, &program.id, every).await?,
                None => {
                    probes::switch_off(&mut ctx, &program.id).await?;
                    None
                }
            };
            ctx.commit().await?;
            if let Some(turn) = turn {
                self.clean().await?;
                self.probe(program, &turn).await?;
                made += 1;
            }
        }
        Ok(made)
    }

    async fn probe(&self, program: &Program, turn: &Turn) -> Result<(), store::Error> {
        let begun = Instant::now();
        let mut account = None;
        let outcome = self.run(program, turn, &mut account).await;
        let failed = outcome.err().map(|Stop { step, reason }| {
            tracing::warn!(program = %program.id, step = step.as_str(), reason, "signing in to the sandbox failed");
            (step, reason)
        });
        let took = SignedDuration::try_from(begun.elapsed()).unwrap_or(SignedDuration::MAX);
        let mut ctx = self.state.services.store.write().await?;
        if let Some(account) = &account {
            remove(&mut ctx, account).await?;
        }
        probes::finish(&mut ctx, turn, &Found { failed, took }).await?;
        ctx.commit().await
    }

    /// The whole way. `account` is as whom it went.
    async fn run(&self, program: &Program, turn: &Turn, account: &mut Option<AccountId>) -> Result<(), Stop> {
        let stop = |reason: &str| Stop { step: Step::Prepare, reason: reason.to_owned() };
        let no_database = |error: store::Error| {
            tracing::warn!(%error, "the probe could not read or write what it needs");
            stop("the database does not answer")
        };
        let services = &self.state.services;
        let payer = payer(program).ok_or_else(|| stop("no plan lets test members sign in here"))?;
        let partition = Partition::new(&program.id, Environment::Sandbox);
        let patient = self.patient(&partition, payer).await?.ok_or_else(|| stop("there is no test member"))?;
        let member = accounts::prepare(&services.identity).await;
        let member = member.map_err(|_| stop("no password could be hashed"))?;
        let mut ctx = services.store.write().await.map_err(no_database)?;
        let client = client(&mut ctx, program).await.ok_or_else(|| stop("the check's app is not registered yet"))?;
        accounts::arrive(&mut ctx, &member).await.map_err(|_| stop("the check's account could not be saved"))?;
        probes::note_account(&mut ctx, turn, &member.account).await.map_err(no_database)?;
        let (state, verifier) = (ctx.random_secret(), ctx.random_secret());
        ctx.commit().await.map_err(no_database)?;
        *account = Some(member.account.clone());
        let base = |kind| self.base(program, kind).ok_or_else(|| stop("the sandbox has no address"));
        let flow = Flow {
            browser: self.way.browser(&self.state),
            program,
            payer,
            authz: base(SurfaceKind::Authz)?,
            fhir: base(SurfaceKind::Fhir)?,
            client,
            redirect_uri: published::probe_redirect_uri(&services.registry.site, program),
            patient,
            member,
            state,
            verifier,
        };
        flow.run().await
    }

    /// The first test member of the payer.
    async fn patient(&self, partition: &Partition, payer: &Payer) -> Result<Option<PatientId>, Stop> {
        let read = async {
            let mut ctx = self.state.services.store.read().await?.within(partition.clone());
            members::list(&mut ctx, MOST).await
        };
        let members = read.await.map_err(|error| {
            tracing::warn!(%error, "the probe could not read the test members");
            Stop { step: Step::Prepare, reason: "the test members could not be read".to_owned() }
        })?;
        Ok(members.into_iter().find(|member| is_insured_by(member, &payer.id)).map(|member| member.patient))
    }

    /// The base on the main host, as the documentation prints it first.
    fn base(&self, program: &Program, kind: SurfaceKind) -> Option<String> {
        let services = &self.state.services;
        let serves = |surface: &&Surface| {
            surface.program == program.id
                && surface.kind == kind
                && surface.environments.contains(&Environment::Sandbox)
                && surface.host.is_none()
        };
        let surfaces = services.programs.surfaces(&services.public_url);
        surfaces.iter().find(serves).map(|surface| surface.base().to_owned())
    }

    /// Removes the accounts of probes whose process died.
    async fn clean(&self) -> Result<(), store::Error> {
        let mut ctx = self.state.services.store.write().await?;
        let before = ctx.now - LEFT;
        for account in probes::left_accounts(&mut ctx, before).await? {
            remove(&mut ctx, &account).await?;
        }
        ctx.commit().await
    }
}

/// Removes the account with all that it allowed.
async fn remove(ctx: &mut Ctx, account: &AccountId) -> Result<(), store::Error> {
    oauth::grants::probe::remove(ctx, account).await?;
    accounts::leave(ctx, account).await?;
    probes::forget_account(ctx, account).await
}

async fn client(ctx: &mut Ctx, program: &Program) -> Option<ClientId> {
    let found = published::probe_client(ctx, program).await;
    found.inspect_err(|error| tracing::warn!(%error, "the probe's app could not be read")).ok()?
}

/// Whether the sandbox lets anyone sign in with a Healthcare ID and read the record of a test member. Elsewhere a payer's own
/// provider asks for passwords that the server does not have.
pub fn can_probe(program: &Program) -> bool {
    program.serves(Environment::Sandbox) && payer(program).is_some() && program.scope(flow::SCOPE).is_some()
}

/// The first payer of whose sandbox members choose a test member.
fn payer(program: &Program) -> Option<&Payer> {
    let is_open = |payer: &&Payer| {
        !payer.has_provider(Environment::Sandbox) && !payer.card_proof.contains_key(&Environment::Sandbox)
    };
    program.payers.iter().find(is_open)
}
