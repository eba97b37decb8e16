//! `/admin/outages`: the switch for a large-scale outage of a program, or of all.

pub mod one;

use ::programs::Programs;
use jiff::Timestamp;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Code, Errors, FieldError, Form as _, input::Input},
    partition::ProgramId,
    text::Paragraph,
};
use registry::outages::{self, Outage, Times};

use super::{
    bulletins::{
        administrator, may_write, scope,
        write::{choices, program, zone, zone_name},
    },
    desk::Desk,
};
use crate::{
    components::{
        alert::Tone,
        empty::Empty,
        form::{ErrorSummary, PostForm},
        pager::Pages,
        status::Status,
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    form::{Form, moment},
    page::Page,
    routes::{Route, route},
    texts::{
        admin::{CANCEL, bulletins::TITLE as BULLETINS, outages as text},
        notices::Notice,
    },
    web::Web,
};

pub const PATH: &str = "/admin/outages";
const NEW: &str = "/admin/outages/new";

form! {
    pub struct OutageForm("outage") {
        program: String = Input::select("Program", "Choose a program.");
        begins_at: String = Input::moment("Begins", "Enter when it begins.").optional().hint("Leave this empty if it begins now.");
        ends_at: String = Input::moment("Ends", "Enter when it ends.").optional().hint("Leave this empty if you do not know.");
        reason: String = Input::area(3, "Reason", "Enter a reason.").max_length(2000).hint("Only staff can read it.");
        id: String = Input::hidden();
        version: String = Input::hidden();
    }
}

impl OutageForm {
    /// The program where one is chosen, and the times. An end may be the begin: then it was none.
    fn parse(&self, programs: &Programs, now: Timestamp) -> Result<(Option<ProgramId>, Times), Vec<FieldError>> {
        let zone = zone(programs);
        let mut errors = Errors::default();
        let is_new = self.id.is_empty();
        let program = if is_new { errors.take("program", program(&self.program, programs)) } else { Some(None) };
        let begins_at = errors.take("begins_at", moment::read(&self.begins_at, &zone)).map(|at| at.unwrap_or(now));
        let ends_at = errors.take("ends_at", moment::read(&self.ends_at, &zone));
        let reason = errors.read::<Paragraph>("reason", &self.reason);
        // Owners hear at once that it began. What is planned is announced on the board instead.
        if begins_at.is_some_and(|begin| now < begin) {
            errors.add("begins_at", Code::InTheFuture);
        }
        if let (Some(begin), Some(Some(end))) = (begins_at, ends_at)
            && (end < begin || is_new && end == begin)
        {
            errors.add("ends_at", Code::EndBeforeStart);
        }
        let times = || Some((program?, Times { begins_at: begins_at?, ends_at: ends_at?, reason: reason? }));
        let times = times();
        errors.finish(times)
    }
}

pub fn routes() -> [Route; 3] {
    [route(PATH, page), route(NEW, new_page), route("/admin/outages/{id}", one::page)]
}

fn path(id: &str) -> String {
    format!("{PATH}/{id}")
}

async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let pages = Pages::of(&web, outages::count(&mut ctx).await?);
    let found = outages::list(&mut ctx, pages.part()).await?;
    let now = ctx.now;
    drop(ctx);
    let rows: Vec<Row> = found.iter().map(|outage| row(&web, outage, now)).collect();
    let list = if rows.is_empty() {
        view! { <Empty title=text::NONE_YET><p>{text::ABOUT_NONE}</p></Empty> }.into_any()
    } else {
        let columns = vec![text::OUTAGE_OF, text::STATUS, text::BEGAN, text::ENDS, text::REASON];
        view! { <Table caption=text::TITLE columns rows /> {pages.links()} }.into_any()
    };
    let begin =
        may_write(&desk).then(|| view! { <p><a class="usa-button usa-button--danger" href=NEW>{text::BEGIN}</a></p> });
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p>{text::ABOUT}</p>
        {begin}
        {list}
    };
    let back = super::bulletins::PATH;
    Ok(desk.page(text::TITLE, view).at(back).under(back, BULLETINS))
}

fn row(web: &Web, outage: &Outage, now: Timestamp) -> Row {
    let begins = outage.begins_at;
    vec![
        view! { <a class="usa-link" href=path(&outage.id)>{scope(&web.services.programs, outage.program.as_ref())}</a> }
            .into_any(),
        status(outage, now).into_any(),
        view! { <Time at=begins /> }.into_any(),
        ends(outage),
        outage.reason.clone().into_any(),
    ]
}

fn ends(outage: &Outage) -> AnyView {
    match outage.ends_at {
        Some(at) => view! { <Time at /> }.into_any(),
        None => text::NO_END.into_any(),
    }
}

fn status(outage: &Outage, now: Timestamp) -> impl IntoView + use<> {
    let (tone, word) = match () {
        () if outage.is_on(now) => (Tone::Error, text::ON),
        () if now < outage.begins_at => (Tone::Warning, text::LATER),
        () => (Tone::Info, text::OVER),
    };
    view! { <Status tone text=word /> }
}

async fn new_page(web: Web) -> Result<Page, Failure> {
    let desk = administrator(&web).await?;
    let programs = &web.services.programs;
    let form = Form::of::<OutageForm>(&web).await?.offer("program", choices(programs));
    let (fields, open) = (form.fields(), desk.waiting.conversations);
    let view = view! {
        <h1>{text::BEGIN}</h1>
        <p>{text::ABOUT_BEGINNING}" "{text::open_clocks(open)}</p>
        <p>{text::times_in(zone_name(programs))}</p>
        <ErrorSummary form />
        <PostForm to=BeginOutage::PATH>
            {fields}
            <div class="actions">
                <button class="usa-button usa-button--danger" type="submit">{text::BEGIN}</button>
                <a class="usa-button usa-button--outline" href=PATH>{CANCEL}</a>
            </div>
        </PostForm>
    };
    Ok(desk.page(text::BEGIN, view).at(super::bulletins::PATH).under(PATH, text::TITLE))
}

#[server(endpoint = "begin-outage")]
pub async fn begin_outage(#[server(flatten)] form: OutageForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let form = OutageForm { id: String::new(), ..form };
    let (program, times) = match form.parse(&web.services.programs, web.services.store.now()) {
        Ok(typed) => typed,
        Err(errors) => return web.refuse(OutageForm::NAME, NEW, &form, errors).await,
    };
    let mut ctx = web.services.store.write().await?;
    let (id, _) = outages::begin(&mut ctx, &web.services.registry, &desk.account.id, program.as_ref(), &times).await?;
    ctx.commit().await?;
    web.redirect(Notice::OutageBegun.on(&path(&id)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_begins_now_or_at_a_time_and_may_be_corrected_to_none() {
        let programs = Programs::embedded().unwrap();
        let now = "2026-12-01T12:00:00Z".parse().unwrap();
        let check = |id: &str, [program, begins, ends, reason]: [&str; 4], expect: &[(&str, Code)]| {
            let [program, begins_at, ends_at, reason] = [program, begins, ends, reason].map(str::to_owned);
            let form = OutageForm { program, begins_at, ends_at, reason, id: id.to_owned(), version: String::new() };
            let errors = form.parse(&programs, now).err().unwrap_or_default();
            let errors: Vec<_> = errors.iter().map(|error| (&*error.field, error.code)).collect();
            assert_eq!(errors, expect);
        };
        check("", ["idaho", "", "", "Power"], &[]);
        check("", ["all", "2026-11-30T09:00", "2026-11-30T10:00", "Power"], &[]);
        check("", ["", "", "", ""], &[("program", Code::Required), ("reason", Code::Required)]);
        let same = ["all", "2026-11-30T09:00", "2026-11-30T09:00", "Power"];
        check("", same, &[("ends_at", Code::EndBeforeStart)]);
        check("x", same, &[]);
        check("x", ["", "2026-11-30T09:00", "2026-11-30T08:59", "Power"], &[("ends_at", Code::EndBeforeStart)]);
        check("x", ["", "now", "", "Power"], &[("begins_at", Code::MomentInvalid)]);
    }
}
