//! `/admin/outages/{id}`: one outage, to end or to correct.

use leptos::{prelude::*, server_fn::ServerFn};
use model::form::Form as _;
use registry::outages::{self, Outage};

use super::{OutageForm, PATH, ends, path, status};
use crate::{
    admin::{
        bulletins::{
            self, administrator, may_write, scope,
            write::{zone, zone_name},
        },
        desk::Desk,
    },
    components::{
        form::{Actions, ErrorSummary, PostForm},
        summary::{Fact, Summary},
        time::Time,
    },
    failure::Failure,
    form::{Form, moment},
    page::Page,
    texts::{
        admin::{CANCEL, CLOSED_ACCOUNT, outages as text},
        notices::Notice,
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let outage = outages::get(&mut ctx, web.request.param("id")?).await?;
    let now = ctx.now;
    drop(ctx);
    let title = scope(&web.services.programs, outage.program.as_ref());
    let begins = outage.begins_at;
    let facts = vec![
        Fact::new(text::BEGAN, view! { <Time at=begins /> }),
        Fact::new(text::ENDS, ends(&outage)),
        Fact::new(text::REASON, outage.reason.clone()),
        Fact::new(text::BEGUN_BY, outage.begun_by_name.clone().unwrap_or_else(|| CLOSED_ACCOUNT.to_owned())),
    ];
    let may_write = may_write(&desk);
    let is_over = outage.ends_at.is_some_and(|end| end <= now);
    let end = (may_write && !is_over).then(|| end_form(&outage));
    let correct = if may_write { Some(correct_form(&web, &outage).await?) } else { None };
    let view = view! {
        <div class="heading-row"><h1>{text::OUTAGE}": "{title.clone()}</h1> {status(&outage, now)}</div>
        <Summary facts />
        {end}
        {correct}
    };
    Ok(desk.page(title, view).at(bulletins::PATH).under(PATH, text::TITLE))
}

fn end_form(outage: &Outage) -> impl IntoView + use<> {
    view! {
        <p>{text::ABOUT_ENDING}</p>
        <form class="actions" method="post" action=EndOutage::PATH>
            <input type="hidden" name="id" value=outage.id.clone() />
            <input type="hidden" name="version" value=outage.version.to_string() />
            <button class="usa-button" type="submit">{text::END}</button>
        </form>
    }
}

async fn correct_form(web: &Web, outage: &Outage) -> Result<impl IntoView + use<>, Failure> {
    let zone = zone(&web.services.programs);
    let typed = OutageForm {
        program: String::new(),
        begins_at: moment::shown(outage.begins_at, &zone),
        ends_at: outage.ends_at.map(|at| moment::shown(at, &zone)).unwrap_or_default(),
        reason: outage.reason.clone(),
        id: String::new(),
        version: String::new(),
    };
    let form = Form::of::<OutageForm>(web).await?.without(&["program"]).fill(&typed);
    let form = form.own("id", outage.id.as_str()).own("version", outage.version.to_string());
    let fields = form.fields();
    Ok(view! {
        <h2>{text::CORRECT}</h2>
        <p>{text::ABOUT_CORRECTING}" "{text::times_in(zone_name(&web.services.programs))}</p>
        <ErrorSummary form />
        <PostForm to=CorrectOutage::PATH>
            {fields}
            <Actions submit=text::SAVE cancel=CANCEL cancel_to=PATH />
        </PostForm>
    })
}

#[server(endpoint = "end-outage")]
pub async fn end_outage(id: String, version: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let version = version.parse().map_err(|_| Failure::Invalid)?;
    let mut ctx = web.services.store.write().await?;
    outages::end(&mut ctx, &web.services.registry, &desk.account.id, &id, version).await?;
    ctx.commit().await?;
    web.redirect(Notice::OutageEnded.on(&path(&id)));
    Ok(())
}

#[server(endpoint = "correct-outage")]
pub async fn correct_outage(#[server(flatten)] form: OutageForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    if form.id.is_empty() {
        return Err(Failure::Invalid);
    }
    let times = match form.parse(&web.services.programs, web.services.store.now()) {
        Ok((_, times)) => times,
        Err(errors) => return web.refuse(OutageForm::NAME, path(&form.id), &form, errors).await,
    };
    let version = form.version.parse().map_err(|_| Failure::Invalid)?;
    let mut ctx = web.services.store.write().await?;
    outages::correct(&mut ctx, &web.services.registry, &desk.account.id, &form.id, version, &times).await?;
    ctx.commit().await?;
    web.redirect(Notice::OutageCorrected.on(&path(&form.id)));
    Ok(())
}
