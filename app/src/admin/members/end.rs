//! `/admin/members/{id}/end/{grant}`: ends one app's access for the member, with a reason.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{FieldError, Form as _, field::Field as _, input::Input},
    id::GrantId,
    text::Paragraph,
};
use oauth::{grants::member::Error, on_behalf};

use super::{PATH, Place, path, supporter};
use crate::{
    components::{
        form::{Actions, ErrorSummary, PostForm},
        time::show_in,
    },
    failure::Failure,
    form::Form,
    locale::Locale,
    member::scopes::{Allowed, allowed},
    page::Page,
    texts::{
        admin::{CANCEL, members as text},
        notices::Notice,
    },
    web::Web,
};

form! {
    pub struct EndForm("end-access") {
        reason: String = Input::area(3, "Reason", "Enter a reason.")
            .max_length(2000).hint("Such as the member's request and its date. It is kept in the audit log. Enter no health data.");
        look_up: String = Input::hidden();
        grant: String = Input::hidden();
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = supporter(&web).await?;
    let (id, grant) = (web.request.param("id")?.to_owned(), GrantId::new(web.request.param("grant")?));
    let mut ctx = web.services.store.read().await?;
    let look_up = on_behalf::get(&mut ctx, &desk.account.id, &id).await?;
    Place::of(&web, &desk, &look_up.partition, &look_up.payer)?;
    let found = on_behalf::find(&mut ctx, &look_up, &grant).await?;
    drop(ctx);
    show_in(&web.services.programs, [&look_up.partition.program]);
    let titles = allowed(&web.services.programs, &found.connection.grant, Locale::English);
    let form = Form::of::<EndForm>(&web).await?.own("look_up", id.as_str()).own("grant", grant.to_string());
    let (fields, back) = (form.fields(), path(&id));
    let cancel_to = back.clone();
    let title = text::end_of(&found.connection.app_name);
    let view = view! {
        <h1>{title.clone()}</h1>
        <h2>{text::WHAT_STOPS}</h2>
        <p>{text::STOPS_READING}</p>
        <Allowed titles />
        <p>{text::STOPS_TOKENS}</p>
        <p>{text::KEEPS}</p>
        <p>{text::MAILED}</p>
        <ErrorSummary form />
        <PostForm to=EndAccess::PATH>
            {fields}
            <Actions submit=text::END danger=true cancel=CANCEL cancel_to />
        </PostForm>
    };
    Ok(desk.page(title, view).at(PATH).under(PATH, text::TITLE).under(back, text::CONNECTED))
}

#[server(endpoint = "end-access")]
pub async fn end_access(#[server(flatten)] form: EndForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = supporter(&web).await?;
    let grant = GrantId::new(form.grant.as_str());
    let mut ctx = web.services.store.write().await?;
    let look_up = on_behalf::get(&mut ctx, &desk.account.id, &form.look_up).await?;
    Place::of(&web, &desk, &look_up.partition, &look_up.payer)?;
    let back = path(&look_up.id);
    let reason = match Paragraph::read(&form.reason) {
        Ok(reason) => reason,
        Err(code) => {
            drop(ctx);
            let here = format!("{back}/end/{grant}");
            return web.refuse(EndForm::NAME, here, &form, [FieldError::new("reason", code)]).await;
        }
    };
    let site = &web.services.identity.site;
    match on_behalf::revoke(&mut ctx, site, &desk.account.id, &look_up, &grant, &reason).await {
        // It has ended meanwhile, as the list shows.
        Err(Error::NotFound) => web.redirect(back),
        ended => {
            ended?;
            ctx.commit().await?;
            web.redirect(Notice::AccessEnded.on(&back));
        }
    }
    Ok(())
}
