//! `/admin/staff/give`: a role for a person, who is named exactly.

use audit::event::Actor;
use identity::{accounts, payer_accounts, staff};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::Role,
    form,
    form::{
        Code, Errors, FieldError, Form as _,
        input::{Choice, Input},
    },
    text::Paragraph,
};

use super::{PATH, administrator};
use crate::{
    account::refusal::refusal,
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, flash::Error},
    page::Page,
    texts::{
        admin::{CANCEL, staff as text},
        notices::Notice,
    },
    web::Web,
};

form! {
    pub struct GiveForm("give-role") {
        account: String = Input::text("Healthcare ID or email address", "Enter a Healthcare ID or email address.")
            .max_length(254).autocomplete("off").hint("Exactly as the person signed up, with a confirmed email address.");
        role: String = Input::radios("Role", "Choose a role.")
            .choices(Role::ALL.iter().map(|role| Choice::new(role.as_str(), text::role(*role)).about(text::about_role(*role))));
        reason: String = Input::area(3, "Reason", "Enter a reason.")
            .max_length(2000).hint("The person and the other administrators read it. It is kept in the audit log.");
    }
}

struct Typed {
    login: String,
    role: Role,
    reason: Paragraph,
}

impl GiveForm {
    fn parse(&self) -> Result<Typed, Vec<FieldError>> {
        let mut errors = Errors::default();
        let login = match self.account.trim() {
            "" => Err(Code::Required),
            login => Ok(login.to_owned()),
        };
        let role = match self.role.as_str() {
            "" => Err(Code::Required),
            role => role.parse::<Role>().map_err(|_| Code::NotAChoice),
        };
        let (login, role) = (errors.take("account", login), errors.take("role", role));
        let reason = errors.read::<Paragraph>("reason", &self.reason);
        let typed = || Some(Typed { login: login?, role: role?, reason: reason? });
        let typed = typed();
        errors.finish(typed)
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = administrator(&web).await?;
    let form = Form::of::<GiveForm>(&web).await?;
    let fields = form.fields();
    let view = view! {
        <h1>{text::GIVE}</h1>
        <p>{text::ABOUT_GIVING}</p>
        <ErrorSummary form />
        <PostForm to=GiveRole::PATH>
            {fields}
            <Actions submit=text::GIVE_ROLE cancel=CANCEL cancel_to=PATH />
        </PostForm>
    };
    Ok(desk.page(text::GIVE, view).at(PATH).under(PATH, text::TITLE))
}

#[server(endpoint = "give-role")]
pub async fn give_role(#[server(flatten)] form: GiveForm) -> Result<(), Failure> {
    const HERE: &str = "/admin/staff/give";
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let typed = match form.parse() {
        Ok(typed) => typed,
        Err(errors) => return web.refuse(GiveForm::NAME, HERE, &form, errors).await,
    };
    let mut ctx = web.services.store.write().await?;
    let found = accounts::find_by_login(&mut ctx, &typed.login).await?;
    let found = match found.filter(|account| account.email_verified_at.is_some()) {
        // A member who signs in at their payer has no Healthcare ID.
        Some(account) if payer_accounts::home(&mut ctx, &account.id).await?.is_none() => account,
        _ => {
            drop(ctx);
            let error = Error::new("account", Code::NoSuchAccount);
            return web.refuse(GiveForm::NAME, HERE, &form, [error]).await;
        }
    };
    let (site, actor) = (&web.services.identity.site, Actor::Account(desk.account.id.clone()));
    match staff::give(&mut ctx, site, &actor, &found.id, typed.role, &typed.reason).await {
        Ok(()) => {
            ctx.commit().await?;
            web.redirect(Notice::RoleGiven.on(PATH));
            Ok(())
        }
        Err(error) => {
            drop(ctx);
            web.refuse(GiveForm::NAME, HERE, &form, [refusal(error)?]).await
        }
    }
}
