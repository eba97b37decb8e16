//! `/admin/staff/{id}/take/{role}`: asks for a reason, and says what stops.

use audit::event::Actor;
use identity::{error::Error, staff};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::Role,
    form,
    form::{FieldError, Form as _, field::Field as _, input::Input},
    id::AccountId,
    text::Paragraph,
};
use registry::{reviews, tickets};

use super::{PATH, administrator, answers, decides, path, take_role};
use crate::{
    account::refusal::refusal,
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    page::Page,
    texts::{
        admin::{CANCEL, staff as text},
        notices::Notice,
    },
    web::Web,
};

form! {
    pub struct TakeForm("take-role") {
        reason: String = Input::area(3, "Reason", "Enter a reason.")
            .max_length(2000).hint("The person and the other administrators read it. It is kept in the audit log.");
        account: String = Input::hidden();
        role: String = Input::hidden();
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = administrator(&web).await?;
    let id = AccountId::new(web.request.param("id")?);
    let role: Role = web.request.param("role")?.parse().map_err(|_| Failure::NotFound)?;
    let mut ctx = web.services.store.read().await?;
    let person = staff::get(&mut ctx, &id).await?;
    if !person.roles.iter().any(|held| held.role == role) {
        return Err(Failure::redirect(path(&id)));
    }
    let administrators = staff::list(&mut ctx).await?;
    let sessions = staff::open_sessions(&mut ctx, &id).await?;
    let claims = reviews::claimed(&mut ctx, &id).await?;
    let ticket_claims = tickets::claimed(&mut ctx, &id).await?;
    drop(ctx);
    let is_administrator = |person: &staff::Person| person.roles.iter().any(|held| held.role == Role::Administrator);
    let is_last = role == Role::Administrator && administrators.iter().filter(|one| is_administrator(one)).count() == 1;
    let title = text::take(text::role(role), &person.name);
    let loses = |does: fn(Role) -> bool| !person.roles.iter().any(|held| held.role != role && does(held.role));
    let effects = [
        Some(count(sessions, text::NO_SESSIONS, text::ONE_SESSION, text::sessions)),
        (loses(decides) && 0 < claims).then(|| count(claims, "", text::ONE_CLAIM, text::claims)),
        (loses(answers) && 0 < ticket_claims).then(|| count(ticket_claims, "", text::ONE_TICKET, text::tickets)),
        (person.roles.len() == 1).then(|| text::LAST_ROLE.to_owned()),
        (id == desk.account.id).then(|| text::YOUR_OWN.to_owned()),
    ];
    let effects = effects.into_iter().flatten().map(|line| view! { <li>{line}</li> }).collect_view();
    let back = path(&id);
    let body = if is_last {
        view! { <p>{text::LAST_ADMINISTRATOR}</p> <p><a class="usa-link" href=back>{CANCEL}</a></p> }.into_any()
    } else {
        let form = Form::of::<TakeForm>(&web).await?.own("account", id.to_string()).own("role", role.to_string());
        let fields = form.fields();
        view! {
            <h2>{text::WHAT_STOPS}</h2>
            <ul class="usa-list">{effects}</ul>
            <ErrorSummary form />
            <PostForm to=TakeAwayRole::PATH>
                {fields}
                <Actions submit=text::TAKE_AWAY danger=true cancel=CANCEL cancel_to=back />
            </PostForm>
        }
        .into_any()
    };
    let view = view! { <h1>{title.clone()}</h1> {body} };
    Ok(desk.page(title, view).at(PATH).under(PATH, text::TITLE).under(path(&id), person.name))
}

/// A sentence for none, one, or many.
fn count(number: i64, none: &str, one: &str, many: impl FnOnce(i64) -> String) -> String {
    match number {
        0 => none.to_owned(),
        1 => one.to_owned(),
        number => many(number),
    }
}

#[server(endpoint = "take-role")]
pub async fn take_away_role(#[server(flatten)] form: TakeForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let id = AccountId::new(form.account.as_str());
    let role: Role = form.role.parse().map_err(|_| Failure::NotFound)?;
    let here = format!("{}/take/{role}", path(&id));
    let reason = match Paragraph::read(&form.reason) {
        Ok(reason) => reason,
        Err(code) => return web.refuse(TakeForm::NAME, here, &form, [FieldError::new("reason", code)]).await,
    };
    let (site, actor) = (&web.services.identity.site, Actor::Account(desk.account.id.clone()));
    let mut ctx = web.services.store.write().await?;
    staff::get(&mut ctx, &id).await?;
    match take_role(&mut ctx, site, &actor, &id, role, &reason).await {
        Ok(()) => {
            ctx.commit().await?;
            // The administrator's own session has ended with the role.
            web.redirect(if id == desk.account.id { "/".to_owned() } else { Notice::RoleTaken.on(PATH) });
            Ok(())
        }
        Err(error @ Error::LastAdministrator) => {
            drop(ctx);
            web.refuse(TakeForm::NAME, here, &form, [refusal(error)?]).await
        }
        Err(error) => Err(error.into()),
    }
}
