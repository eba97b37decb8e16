//! The code that proves with a card who a member is: which ways it may go, and sending it, by mail from us or by the payer's
//! [hook](crate::code_hook).

use fhir::members::Member;
use identity::{
    Identity,
    error::Error as Refused,
    member_codes::{self, Asked, Code},
};
use model::{
    channel::Channel,
    email::Email,
    id::{AccountId, PayerId},
    locale::Locale,
    partition::Partition,
};
use serde_json::Value;
use tokio::task::JoinError;

use crate::{
    Payers,
    code_hook::{CodeHook, Post},
    fault::Fault,
    health,
};

/// A way to a member whom the payer's data knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    Email(Email),
    /// The number as it stands in the data.
    Phone(String),
    /// FHIR's `Address`, likewise.
    Letter(Value),
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The hook's; noted for administrators already. Nothing has been used up.
    #[error(transparent)]
    Hook(#[from] Fault),
    #[error(transparent)]
    Identity(#[from] Refused),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("sending a code ended too early: {0}")]
    Ended(#[from] JoinError),
}

impl Way {
    pub fn channel(&self) -> Channel {
        match self {
            Self::Email(_) => Channel::Email,
            Self::Phone(_) => Channel::Phone,
            Self::Letter(_) => Channel::Letter,
        }
    }

    /// As much of the address as may be shown to who has not proved yet to be the member: of a letter's nothing.
    pub fn masked(&self) -> String {
        match self {
            Self::Email(email) => email.masked(),
            Self::Phone(number) => {
                let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
                digits.iter().rev().take(2).rev().collect()
            }
            Self::Letter(_) => String::new(),
        }
    }
}

impl Payers {
    pub fn code_hook(&self, partition: &Partition, payer: &PayerId) -> Option<&CodeHook> {
        self.code_hooks.iter().find(|hook| hook.home.partition == *partition && hook.home.payer == *payer)
    }

    /// Every way to bring a code to this member, the quickest first.
    pub fn ways(&self, asked: Asked<'_>, member: &Member) -> Vec<Way> {
        let hook = self.code_hook(asked.partition, asked.payer);
        let can = |channel| hook.is_some_and(|hook| hook.channels.contains(&channel));
        let email = member.email.clone().map(Way::Email);
        let phone = member.phone.clone().filter(|_| can(Channel::Phone)).map(Way::Phone);
        let letter = member.address.clone().filter(|_| can(Channel::Letter)).map(Way::Letter);
        [email, phone, letter].into_iter().flatten().collect()
    }
}

/// A code to be sent.
pub struct Errand {
    pub account: AccountId,
    pub partition: Partition,
    pub payer: PayerId,
    pub member: Member,
    pub way: Way,
    pub locale: Locale,
}

/// Sends a code; an earlier one no longer works, once this one has left. [`Refused::TooManyAttempts`] where the member was sent
/// several lately. Goes on where the caller goes away meanwhile: a code that has left has to work.
pub async fn send(payers: &Payers, identity: &Identity, errand: Errand) -> Result<(), Error> {
    let (payers, identity) = (payers.clone(), identity.clone());
    tokio::spawn(async move { errand.run(&payers, &identity).await }).await?
}

impl Errand {
    async fn run(&self, payers: &Payers, identity: &Identity) -> Result<(), Error> {
        let Self { account, partition, payer, member, way, locale } = self;
        let Identity { store, sealing, site, .. } = identity;
        let (asked, patient, channel) = (Asked { account, partition, payer }, &member.patient, way.channel());
        let mut ctx = store.write().await?;
        member_codes::admit(&mut ctx, asked, patient, channel).await?;
        let to = match way {
            Way::Email(to) => {
                member_codes::mail(&mut ctx, sealing, site, asked, patient, to, *locale).await?;
                return Ok(ctx.commit().await?);
            }
            Way::Phone(number) => &Value::from(number.as_str()),
            Way::Letter(address) => address,
        };
        let hook = payers.code_hook(partition, payer).ok_or(Fault::NoHook)?;
        let (code, id, now) = (Code::draw(&ctx, channel), ctx.random_id(), ctx.now);
        // Counted before any request, whatever comes of it; no connection is held meanwhile.
        ctx.commit().await?;
        let post = Post { id: &id, now, code: &code, member, to, locale: *locale };
        let brought = hook.bring(&*payers.fetch, &post).await;
        let mut ctx = store.write().await?;
        let Err(fault) = brought else {
            member_codes::keep(&mut ctx, sealing, asked, patient, &code, &way.masked()).await?;
            health::succeeded(&mut ctx, &hook.home).await?;
            return Ok(ctx.commit().await?);
        };
        member_codes::take_back(&mut ctx, asked, patient, channel).await?;
        ctx.commit().await?;
        health::failed(store, &hook.home, &fault).await?;
        Err(fault.into())
    }
}
