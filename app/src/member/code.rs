//! `/member/code`: for a code that comes by letter after the app's request has ended.

use identity::member_codes::{self, Asked, Waiting};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Form as _, input::Input},
    id::PayerId,
    partition::{Environment, Partition, ProgramId},
};
use store::Ctx;
use url::form_urlencoded::Serializer;

use crate::{
    components::{
        alert::{Alert, Tone},
        form::{Actions, ErrorSummary, PostForm},
        time::show_in,
    },
    consent::member_code::{self, Confirmed},
    failure::Failure,
    form::{Form, flash::Error},
    page::{Page, Portal},
    texts::{consent::CONTINUE, member::code as text, notices::Notice},
    web::Web,
};

const PATH: &str = "/member/code";

form! {
    pub struct CodeForm("confirm-code") {
        #[serde(skip_serializing)]
        code: String = member_code::input();
        program: String = Input::hidden();
        environment: String = Input::hidden();
        payer: String = Input::hidden();
    }
}

impl CodeForm {
    fn of(partition: &Partition, payer: &PayerId) -> Self {
        let (program, environment) = (partition.program.to_string(), partition.environment.to_string());
        Self { program, environment, payer: payer.to_string(), ..Self::default() }
    }

    /// What the page's address names.
    fn asked_for(web: &Web) -> Self {
        let query = |name: &str| web.request.query(name).unwrap_or_default().to_owned();
        let [program, environment, payer] = ["program", "environment", "payer"].map(query);
        Self { program, environment, payer, ..Self::default() }
    }

    /// The place, with the payer's name.
    fn place(&self, web: &Web) -> Result<(Partition, PayerId, String), Failure> {
        let environment: Environment = self.environment.parse().map_err(|_| Failure::NotFound)?;
        let partition = Partition::new(&ProgramId::new(self.program.as_str()), environment);
        let payer = PayerId::new(self.payer.as_str());
        let name = name(web, &partition, &payer).ok_or(Failure::NotFound)?;
        Ok((partition, payer, name))
    }

    fn path(&self) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair("program", &self.program);
        query.append_pair("environment", &self.environment).append_pair("payer", &self.payer);
        format!("{PATH}?{}", query.finish())
    }
}

fn name(web: &Web, partition: &Partition, payer: &PayerId) -> Option<String> {
    let program = web.services.programs.get(&partition.program)?;
    Some(program.payer(payer)?.name.clone())
}

/// A notice about each code that waits for the account, with a link to the page that takes it.
pub async fn notices(web: &Web, ctx: &mut Ctx) -> Result<Vec<AnyView>, Failure> {
    let locale = web.locale();
    let waiting = member_codes::all_waiting(ctx, &web.account()?.id).await?;
    let notice = |(partition, payer, _): (Partition, PayerId, Waiting)| {
        let plan = name(web, &partition, &payer)?;
        let here = CodeForm::of(&partition, &payer).path();
        let (text, link) = (text::on_its_way(locale, plan), text::ENTER_LINK.of(locale));
        Some(view! { <Alert tone=Tone::Info>{text} " " <a href=here>{link}</a></Alert> }.into_any())
    };
    Ok(waiting.into_iter().filter_map(notice).collect())
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let account = &web.account()?.id;
    let asked_for = CodeForm::asked_for(&web);
    let (partition, payer, plan) = asked_for.place(&web)?;
    show_in(&web.services.programs, [&partition.program]);
    let asked = Asked { account, partition: &partition, payer: &payer };
    let waiting = member_codes::waiting(&mut web.services.store.read().await?, asked).await?;
    let form = Form::of::<CodeForm>(&web).await?.fill(&asked_for);
    let title = text::ENTER.of(locale);
    let body = match waiting {
        Some(waiting) => view! {
            <p>{member_code::sent(&waiting, locale)}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=ConfirmCode::PATH>{form.fields()} <Actions submit=CONTINUE.of(locale) /></PostForm>
        }
        .into_any(),
        None => view! {
            <ErrorSummary form=form />
            <p>{text::NONE.of(locale)}</p>
        }
        .into_any(),
    };
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-intro">{plan}</p>
        {body}
        <p><a href="/member">{text::BACK.of(locale)}</a></p>
    };
    Ok(Page::new(Portal::Member, title, view))
}

#[server(endpoint = "confirm-code")]
pub async fn confirm_code(#[server(flatten)] form: CodeForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = &web.account()?.id;
    let (partition, payer, _) = form.place(&web)?;
    let asked = Asked { account, partition: &partition, payer: &payer };
    let wrong = match member_code::redeem(&web, asked, &form.code).await? {
        Confirmed::Linked(errors) if errors.is_empty() => {
            web.redirect(Notice::Linked.on("/member"));
            return Ok(());
        }
        Confirmed::Linked(errors) => errors,
        Confirmed::Ended => vec![Error::general(member_code::ENDED)],
        Confirmed::Wrong => vec![Error::new("code", member_code::WRONG)],
    };
    web.refuse(CodeForm::NAME, form.path(), &form, wrong).await
}
