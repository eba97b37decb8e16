//! `/admin/criteria`: by what reviewers deny, and how often they did. Administrators add and retire.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Code, Errors, FieldError, Form as _, input::Input},
    text::{Name, Statement},
};
use registry::{
    criteria::{self, INCOMPLETE, Listed},
    error::Error as Refused,
};

use super::{
    bulletins::{administrator, may_write},
    desk::Desk,
    programs,
};
use crate::{
    components::{
        alert::Tone,
        form::{Actions, ErrorSummary, PostForm},
        pager::grouped,
        status::Status,
        table::{Row, Table},
        time::Day,
    },
    failure::Failure,
    form::{Form, flash::Error},
    page::Page,
    texts::{
        admin::{NAME, criteria as text},
        notices::Notice,
    },
    web::Web,
};

pub const PATH: &str = "/admin/criteria";

form! {
    pub struct CriterionForm("criterion") {
        name: String = Input::text(NAME, "Enter a name.").max_length(80);
        sentence: String = Input::area(2, text::SENTENCE, "Enter what the owner reads.")
            .max_length(300).hint(text::SENTENCE_HINT);
    }
}

impl CriterionForm {
    fn parse(&self) -> Result<(Name, Statement), Vec<FieldError>> {
        let mut errors = Errors::default();
        let name = errors.read("name", &self.name);
        let sentence = errors.read("sentence", &self.sentence);
        errors.finish(name.zip(sentence))
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let listed = criteria::list(&mut ctx).await?;
    drop(ctx);
    let may_write = may_write(&desk);
    let rows = listed.into_iter().map(|criterion| row(criterion, may_write)).collect();
    let columns = vec![NAME, text::SENTENCE, text::DENIALS, text::ADDED, text::STATE];
    let add = if may_write { Some(add_form(&web).await?) } else { None };
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p>{text::ABOUT}</p>
        <Table caption=text::TITLE columns rows />
        {add}
    };
    Ok(desk.page(text::TITLE, view).at(programs::PATH).under(programs::PATH, crate::texts::admin::programs::TITLE))
}

fn row(listed: Listed, may_write: bool) -> Row {
    let Listed { criterion, added_at: at, added_by, retired_at, denials } = listed;
    let (tone, state) = if retired_at.is_some() { (Tone::Info, text::RETIRED) } else { (Tone::Success, text::IN_USE) };
    let added = match added_by {
        Some(name) => view! { {name} <span class="line usa-hint"><Day at /></span> }.into_any(),
        None => text::BUILT_IN.into_any(),
    };
    let change = match (may_write, retired_at) {
        (false, _) => ().into_any(),
        (true, None) if criterion.code == INCOMPLETE => {
            view! { <span class="line usa-hint">{text::ALWAYS}</span> }.into_any()
        }
        (true, None) => button(RetireCriterion::PATH, text::RETIRE, &criterion.code, &criterion.name).into_any(),
        (true, Some(_)) => button(RestoreCriterion::PATH, text::RESTORE, &criterion.code, &criterion.name).into_any(),
    };
    vec![
        criterion.name.into_any(),
        criterion.sentence.into_any(),
        grouped(denials).into_any(),
        added,
        view! { <Status tone text=state /> {change} }.into_any(),
    ]
}

fn button(to: &'static str, words: &'static str, code: &str, name: &str) -> impl IntoView + use<> {
    let (code, name) = (code.to_owned(), name.to_owned());
    view! {
        <form method="post" action=to>
            <input type="hidden" name="code" value=code />
            <button class="usa-button usa-button--unstyled" type="submit">
                {words}<span class="usa-sr-only">" "{name}</span>
            </button>
        </form>
    }
}

async fn add_form(web: &Web) -> Result<impl IntoView + use<>, Failure> {
    let form = Form::of::<CriterionForm>(web).await?;
    let fields = form.fields();
    Ok(view! {
        <h2>{text::ADD_TITLE}</h2>
        <ErrorSummary form />
        <PostForm to=AddCriterion::PATH class="usa-form--wide">
            {fields}
            <Actions submit=text::ADD />
        </PostForm>
    })
}

#[server(endpoint = "add-criterion")]
pub async fn add_criterion(#[server(flatten)] form: CriterionForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let (name, sentence) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => return web.refuse(CriterionForm::NAME, PATH, &form, errors).await,
    };
    let mut ctx = web.services.store.write().await?;
    match criteria::add(&mut ctx, &desk.account.id, &name, &sentence).await {
        Ok(()) => {
            ctx.commit().await?;
            web.redirect(Notice::CriterionAdded.on(PATH));
            Ok(())
        }
        Err(Refused::NameTaken) => {
            drop(ctx);
            web.refuse(CriterionForm::NAME, PATH, &form, [Error::new("name", Code::NameInUse)]).await
        }
        Err(error) => Err(error.into()),
    }
}

#[server(endpoint = "retire-criterion")]
pub async fn retire_criterion(code: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let mut ctx = web.services.store.write().await?;
    criteria::retire(&mut ctx, &desk.account.id, &code).await?;
    ctx.commit().await?;
    web.redirect(Notice::CriterionRetired.on(PATH));
    Ok(())
}

#[server(endpoint = "restore-criterion")]
pub async fn restore_criterion(code: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let mut ctx = web.services.store.write().await?;
    criteria::restore(&mut ctx, &desk.account.id, &code).await?;
    ctx.commit().await?;
    web.redirect(Notice::CriterionRestored.on(PATH));
    Ok(())
}
