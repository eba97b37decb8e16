//! `/owner/organization/appeal` and `/owner/applications/{id}/appeal`: asks for another look at a denial, and takes that back.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Form as _, input::Input},
    id::ApplicationId,
    team::TeamRole,
};
use registry::{
    applications as apps,
    reviews::{self, Review},
    subject::Subject,
};

use super::conversation::{acting, no_longer, page as path, said, subject};
use crate::{
    components::{
        alert::{Alert, Tone},
        dialog::Dialog,
        form::{Actions, ErrorSummary, PostForm},
    },
    failure::Failure,
    files::message,
    form::Form,
    owner::vendor::Vendor,
    page::Page,
    texts::{conversation as text, notices::Notice, owner::CANCEL},
    web::Web,
};

form! {
    pub struct AppealForm("appeal") {
        appeal: String = Input::area(8, text::YOUR_APPEAL, text::APPEAL_MISSING).max_length(2000).hint(text::YOUR_APPEAL_HINT);
        files: String = Input::files(text::FILES).hint(text::FILES_HINT);
        /// Empty for the organization.
        application: String = Input::hidden();
        /// The one that the page was shown for.
        organization: String = Input::hidden();
    }
}

pub async fn of_organization(web: Web) -> Result<Page, Failure> {
    let (vendor, about) = enter(&web, "").await?;
    page(&web, &vendor, about).await
}

pub async fn of_application(web: Web) -> Result<Page, Failure> {
    let id = web.request.param("id")?.to_owned();
    let (vendor, about) = enter(&web, &id).await?;
    page(&web, &vendor, about).await
}

pub async fn withdrawal_of_organization(web: Web) -> Result<Page, Failure> {
    let (vendor, about) = enter(&web, "").await?;
    Ok(withdrawal(&vendor, &about))
}

pub async fn withdrawal_of_application(web: Web) -> Result<Page, Failure> {
    let id = web.request.param("id")?.to_owned();
    let (vendor, about) = enter(&web, &id).await?;
    Ok(withdrawal(&vendor, &about))
}

/// What the appeal is about.
struct About {
    subject: Subject,
    name: String,
    newest: Option<Review>,
}

/// The owner of the organization, or of the app's organization. Developers see that it is not theirs to do.
async fn enter(web: &Web, application: &str) -> Result<(Vendor, About), Failure> {
    let vendor = match application {
        "" => Vendor::enter(web).await?,
        id => Vendor::of_app(web, &ApplicationId::new(id)).await?,
    };
    let (organization, member) = vendor.member()?;
    let subject = subject(member, application);
    let mut ctx = web.services.store.read().await?;
    let name = match application {
        "" => organization.name().to_owned(),
        id => apps::get(&mut ctx, member, &ApplicationId::new(id)).await?.name().to_owned(),
    };
    if member.role != TeamRole::Owner {
        return Err(Failure::Forbidden);
    }
    let newest = reviews::newest(&mut ctx, &subject).await?;
    drop(ctx);
    Ok((vendor, About { subject, name, newest }))
}

async fn page(web: &Web, vendor: &Vendor, about: About) -> Result<Page, Failure> {
    let back = path(&about.subject);
    // Appealed or submitted again by now: the page says so.
    let denial = about.newest.filter(Review::may_be_appealed).and_then(|review| review.decision);
    let denial = denial.ok_or_else(|| Failure::redirect(back.clone()))?;
    let application = about.subject.application().map(ToString::to_string).unwrap_or_default();
    let form = Form::of::<AppealForm>(web).await?.own("application", application);
    let form = form.own("organization", about.subject.organization().to_string());
    let fields = form.fields();
    let title = text::appeal_of(&about.name);
    let (heading, cancel_to) = (title.clone(), back.clone());
    let view = view! {
        <h1>{heading}</h1>
        <p>{text::APPEAL_INTRO}</p>
        <Alert tone=Tone::Error heading=text::THE_DECISION>{said(&denial)}</Alert>
        <ErrorSummary form />
        <PostForm to=Appeal::PATH class="usa-form--wide" files=true>
            {fields}
            <Actions submit=text::SEND_APPEAL cancel=CANCEL cancel_to />
        </PostForm>
    };
    Ok(vendor.page(title, view).under(back, about.name))
}

fn withdrawal(vendor: &Vendor, about: &About) -> Page {
    let back = path(&about.subject);
    let application = about.subject.application().map(ToString::to_string).unwrap_or_default();
    let (cancel, organization) = (back.clone(), about.subject.organization().to_string());
    let view = view! {
        <Dialog title=text::WITHDRAW_TITLE>
            <p>{text::WITHDRAW_EFFECT}</p>
            <form class="actions" method="post" action=WithdrawAppeal::PATH>
                <input type="hidden" name="organization" value=organization />
                <input type="hidden" name="application" value=application />
                <button class="usa-button usa-button--danger" type="submit">{text::WITHDRAW_APPEAL}</button>
                <a class="usa-button usa-button--outline" href=cancel>{CANCEL}</a>
            </form>
        </Dialog>
    };
    vendor.page(text::WITHDRAW_TITLE, view).under(back, about.name.clone())
}

#[server(endpoint = "appeal")]
pub async fn appeal(#[server(flatten)] form: AppealForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = acting(&web, &form.organization, &form.application).await?;
    let member = vendor.member()?.1;
    let on = subject(member, &form.application);
    let page = format!("{}/appeal", path(&on));
    let (text, files) = match message(&web, "appeal", &form.appeal) {
        Ok(message) => message,
        Err(errors) => return web.refuse(AppealForm::NAME, page, &form, errors).await,
    };
    let mut ctx = web.services.store.write().await?;
    match reviews::appeal(&mut ctx, &web.services.registry, member, &on, &text, &files).await {
        Ok(()) => {
            ctx.commit().await?;
            web.redirect(Notice::Submitted.on(&path(&on)));
            Ok(())
        }
        Err(error) => {
            drop(ctx);
            let errors = no_longer(error)?;
            web.refuse(AppealForm::NAME, page, &form, errors).await
        }
    }
}

#[server(endpoint = "withdraw-appeal")]
pub async fn withdraw_appeal(organization: String, application: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = acting(&web, &organization, &application).await?;
    let member = vendor.member()?.1;
    let on = subject(member, &application);
    let mut ctx = web.services.store.write().await?;
    match reviews::withdraw_appeal(&mut ctx, member, &on).await {
        // Decided or withdrawn by now: the page says so.
        Err(registry::error::Error::NotAllowed(_)) => web.redirect(path(&on)),
        withdrawn => {
            withdrawn?;
            ctx.commit().await?;
            web.redirect(Notice::Saved.on(&path(&on)));
        }
    }
    Ok(())
}
