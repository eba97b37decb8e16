//! `/member/apps/{id}/report`: the member says what is wrong with an app.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{
        Form as _,
        input::{Choice, Input},
    },
    id::GrantId,
    text::Paragraph,
};
use oauth::{
    grants::member,
    reports::{self, NewReport, Reason},
};

use crate::{
    components::{
        dialog::Dialog,
        form::{Actions, ErrorSummary, PostForm},
    },
    failure::Failure,
    form::Form,
    member::{find, path},
    page::{Page, Portal},
    texts::member::{CONNECTED, access, report as text},
    web::Web,
};

form! {
    pub struct ReportForm("report-app") => NewReport {
        reason: String => Reason = Input::radios(["What is wrong?", "¿Qué está mal?"], ["Choose what is wrong.", "Elija qué está mal."]).choices([
            Choice::new(Reason::Misleading.as_str(), ["It does something else than it said", "Hace algo distinto de lo que dijo"]),
            Choice::new(Reason::TooMuch.as_str(), ["It wants more than it needs", "Pide más de lo que necesita"]),
            Choice::new(Reason::Shares.as_str(), ["It shares or sells my data", "Comparte o vende mis datos"]),
            Choice::new(
                Reason::Fraud.as_str(),
                ["It asked for a password or looks like a fraud", "Pidió una contraseña o parece un fraude"],
            ),
            Choice::new(
                Reason::WillNotStop.as_str(),
                ["It does not delete my data when I ask", "No elimina mis datos cuando lo pido"],
            ),
            Choice::new(Reason::Other.as_str(), ["Something else", "Otra cosa"]),
        ]);
        comment: String => Option<Paragraph> = Input::area(
            5,
            ["What happened?", "¿Qué sucedió?"],
            ["Say what happened.", "Diga qué sucedió."],
        )
        .optional()
        .hint([
            "Please do not write about your health, and never write a password.",
            "No escriba sobre su salud y nunca escriba una contraseña.",
        ]);
        id: String = Input::hidden();
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let mut ctx = web.services.store.read().await?;
    let connection = find(&web, &mut ctx).await?;
    drop(ctx);
    let start = ReportForm { id: connection.grant.id.to_string(), ..ReportForm::default() };
    let form = Form::of::<ReportForm>(&web).await?.fill(&start);
    let fields = form.fields();
    let (app, back) = (connection.app_name, path(&connection.grant.id));
    let title = text::title(locale, &app);
    let cancel_to = back.clone();
    let view = view! {
        <h1>{title.clone()}</h1>
        <p class="usa-intro">{text::ABOUT.of(locale)}</p>
        <ErrorSummary form />
        <PostForm to=ReportApp::PATH class="usa-form--wide">
            {fields}
            <Actions submit=text::SEND.of(locale) cancel=text::CANCEL.of(locale) cancel_to />
        </PostForm>
    };
    Ok(Page::new(Portal::Member, title, view).at("/member").under("/member", CONNECTED.of(locale)).under(back, app))
}

#[server(endpoint = "report-app")]
pub async fn report_app(#[server(flatten)] form: ReportForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.account()?;
    let id = GrantId::new(form.id.as_str());
    // Before what was typed is looked at, so that all that others learn of an access is that it is not found.
    member::get(&mut web.services.store.read().await?, &account.id, &id).await?;
    match form.parse() {
        Ok(new) => {
            let services = &web.services;
            let mut ctx = services.store.write().await?;
            reports::file(&mut ctx, &services.programs, &services.registry.site, &account.id, &id, &new).await?;
            ctx.commit().await?;
            web.redirect(format!("{}/reported", path(&id)));
        }
        Err(errors) => web.refuse(ReportForm::NAME, format!("{}/report", path(&id)), &form, errors).await?,
    }
    Ok(())
}

/// `/member/apps/{id}/reported`: what happens next, and how to stop the access meanwhile.
pub async fn sent(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let mut ctx = web.services.store.read().await?;
    let connection = find(&web, &mut ctx).await?;
    let live = connection.grant.is_live(ctx.now);
    drop(ctx);
    let (app, back) = (connection.app_name, path(&connection.grant.id));
    let title = text::THANKS.of(locale);
    let to = back.clone();
    let stop = live.then(|| {
        view! { <a class="usa-button usa-button--danger" href=format!("{back}/revoke")>{access::STOP.of(locale)}</a> }
    });
    let view = view! {
        <Dialog title=title>
            <h2>{text::NEXT.of(locale)}</h2>
            <p>{text::NEXT_REVIEW.of(locale)}</p>
            <p>{text::NEXT_ANSWER.of(locale)}</p>
            {live.then(|| view! { <p>{text::STILL.of(locale)}</p> })}
            <p>{text::OFFICES.of(locale)}" "<a class="usa-link" href="/member/advice">{text::WHERE.of(locale)}</a></p>
            <div class="actions">
                <a class="usa-button usa-button--outline" href=to>{text::BACK.of(locale)}</a>
                {stop}
            </div>
        </Dialog>
    };
    Ok(Page::new(Portal::Member, title, view).at("/member").under("/member", CONNECTED.of(locale)).under(back, app))
}
