//! `/owner/applications/{id}/notices`: where an app hears that members changed or ended its access, and what became of the newest
//! notices.

use identity::attempts::{self, Rule};
use jiff::SignedDuration;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Form as _, input::Input},
    id::ApplicationId,
};
use oauth::app_notices::{self, Kind, Sent, delivery::Failure as Undelivered};
use registry::{
    applications::{self, Application},
    notice_address::{self, NoticeAddress},
};

use crate::{
    components::{
        form::{Actions, ErrorSummary, PostForm},
        marked::naming,
        summary::{Fact, Summary},
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{
        application::Tab,
        applications as list,
        question::{self, Question},
        vendor::Vendor,
    },
    page::Page,
    texts::{
        notices::Notice,
        owner::{APPLICATIONS, CANCEL, SAVE, notices as text},
    },
    web::Web,
};

form! {
    pub struct NoticeAddressForm("notice-address") {
        url: String = Input::url("Notice address", "Enter the notice address.")
            .hint("A public https:// address, such as https://app.example.com/events. We do not follow redirects.");
        /// The app that the address is of.
        application: String = Input::hidden();
    }
}

/// The address on the app's page, with the way to change it.
pub fn section(app: &Application, address: Option<NoticeAddress>) -> impl IntoView + use<> {
    let path = format!("{}/notices", list::path(app));
    let (known, change) = match address {
        Some(address) => (view! { <Summary facts=facts(address) /> }.into_any(), text::CHANGE),
        None => (view! { <p>{text::NONE}</p> }.into_any(), text::REGISTER),
    };
    view! {
        <h2>{text::TITLE}</h2>
        <p class="usa-hint">{text::HINT}</p>
        {known}
        <p><a class="usa-button usa-button--outline" href=path>{change}</a></p>
    }
}

fn facts(address: NoticeAddress) -> Vec<Fact> {
    vec![
        Fact::new(text::ADDRESS, view! { <code class="breakable">{address.url}</code> }),
        Fact::new(text::SINCE, view! { <Time at=address.set_at /> }),
    ]
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let id = ApplicationId::new(web.request.param("id")?);
    let vendor = Vendor::of_app(&web, &id).await?;
    let member = vendor.member()?.1;
    let mut ctx = web.services.store.read().await?;
    let app = applications::get(&mut ctx, member, &id).await?;
    let address = notice_address::of_application(&mut ctx, member, &id).await?;
    let sent = app_notices::newest(&mut ctx, &id).await?;
    drop(ctx);
    let path = list::path(&app);
    let url = address.as_ref().map(|address| address.url.clone()).unwrap_or_default();
    let form = Form::of::<NoticeAddressForm>(&web).await?.fill(&NoticeAddressForm { url, application: id.to_string() });
    let fields = form.fields();
    let back = path.clone();
    let more = address.map(|_| {
        let id = id.to_string();
        view! {
            {newest(sent)}
            <form class="actions" method="post" action=TestNotice::PATH>
                <input type="hidden" name="application" value=id />
                <button class="usa-button usa-button--outline" type="submit">{text::TEST}</button>
                <a class="usa-link" href=format!("{back}/remove-notices")>{text::REMOVE}</a>
            </form>
        }
    });
    let cancel_to = Tab::Addresses.of(&app.id);
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p>{naming(text::ABOUT, app.name())}</p>
        <ErrorSummary form />
        <PostForm to=SetNoticeAddress::PATH class="usa-form--wide">
            {fields}
            <Actions submit=SAVE cancel=CANCEL cancel_to />
        </PostForm>
        {more}
    };
    Ok(vendor.page(text::TITLE, view).at(list::PATH).under(list::PATH, APPLICATIONS).under(path, app.name()))
}

fn newest(sent: Vec<Sent>) -> impl IntoView {
    let table = if sent.is_empty() {
        view! { <p>{text::NOTHING_SENT}</p> }.into_any()
    } else {
        let columns = vec![text::WHAT, text::WHEN, text::RESULT, text::TRIES];
        let rows = sent.iter().map(row).collect();
        view! { <Table caption=text::NEWEST columns rows /> }.into_any()
    };
    view! { <h2>{text::NEWEST}</h2> {table} }
}

fn row(sent: &Sent) -> Row {
    let at = sent.created_at;
    vec![kind(sent.kind).into_any(), view! { <Time at /> }.into_any(), result(sent), sent.attempts.into_any()]
}

fn kind(kind: Kind) -> &'static str {
    text::kind(kind)
}

fn result(sent: &Sent) -> AnyView {
    if let Some(at) = sent.delivered_at {
        return view! { {text::DELIVERED}" "<Time at /> }.into_any();
    }
    let state = if sent.gave_up_at.is_some() { text::GAVE_UP } else { text::WAITING };
    let why = sent.last_error.map(|failure| match failure {
        Undelivered::Status(number) => text::status(number),
        Undelivered::NotPublic => text::NOT_PUBLIC.to_owned(),
        Undelivered::Unreachable => text::UNREACHABLE.to_owned(),
        Undelivered::Other => text::OTHER.to_owned(),
    });
    view! { {state} {why.map(|why| view! { <span class="line usa-hint">{why}</span> })} }.into_any()
}

/// `/owner/applications/{id}/remove-notices`: asks first.
pub async fn removal(web: Web) -> Result<Page, Failure> {
    let (vendor, app, mut ctx) = question::subject(&web).await?;
    notice_address::of_application(&mut ctx, vendor.member()?.1, &app.id).await?.ok_or(Failure::NotFound)?;
    let [title, about, yes] = [text::REMOVE_QUESTION, text::ABOUT_REMOVE, text::REMOVE];
    Ok(question::ask(&vendor, &app, Tab::Addresses, Question { title, about, yes, to: RemoveNoticeAddress::PATH }))
}

#[server(endpoint = "set-notice-address")]
pub async fn set_notice_address(#[server(flatten)] form: NoticeAddressForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = ApplicationId::new(form.application.as_str());
    let vendor = Vendor::of_app(&web, &id).await?;
    let member = vendor.member()?.1;
    let path = format!("{}/{id}/notices", list::PATH);
    let mut ctx = web.services.store.write().await?;
    // Before what was typed is looked at, so that all that others learn of an app is that it is not found.
    applications::get(&mut ctx, member, &id).await?;
    match notice_address::parse(&form.url) {
        Ok(url) => {
            notice_address::set(&mut ctx, &web.services.registry, member, &id, &url).await?;
            ctx.commit().await?;
            web.redirect(Notice::NoticeAddressSet.on(&path));
        }
        Err(code) => {
            drop(ctx);
            web.refuse(NoticeAddressForm::NAME, path, &form, vec![Error::new("url", code)]).await?;
        }
    }
    Ok(())
}

#[server(endpoint = "remove-notice-address")]
pub async fn remove_notice_address(application: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = ApplicationId::new(application);
    let vendor = Vendor::of_app(&web, &id).await?;
    let mut ctx = web.services.store.write().await?;
    notice_address::remove(&mut ctx, &web.services.registry, vendor.member()?.1, &id).await?;
    ctx.commit().await?;
    web.redirect(Notice::NoticeAddressRemoved.on(&Tab::Addresses.of(&id)));
    Ok(())
}

/// Enough to find out what is wrong with an address, and too few to trouble its owner.
const TESTS: Rule = Rule {
    free: 10,
    first_wait: SignedDuration::from_mins(1),
    longest_wait: SignedDuration::from_hours(1),
    forget_after: SignedDuration::from_hours(1),
};

#[server(endpoint = "test-notice")]
pub async fn test_notice(application: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let id = ApplicationId::new(application);
    let vendor = Vendor::of_app(&web, &id).await?;
    let mut ctx = web.services.store.write().await?;
    app_notices::test(&mut ctx, vendor.member()?.1, &id).await?;
    attempts::admit(&mut ctx, TESTS, &format!("test-notice:{id}")).await?;
    ctx.commit().await?;
    web.redirect(Notice::NoticeTested.on(&format!("{}/{id}/notices", list::PATH)));
    Ok(())
}
