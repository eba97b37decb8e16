//! `/member/code`: a code that came by letter, after the app's request has ended.

use crate::texts::notices::Notice;
use identity::member_codes::{self, Asked, Waiting};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    id::PayerId,
    partition::{Environment, Partition, ProgramId},
};
use serde::{Deserialize, Serialize};
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
    form::{Form, flash::Error, input::Input},
    locale::Locale,
    page::{Page, Portal},
    web::Web,
};

const PATH: &str = "/member/code";
const FORM: &str = "confirm-code";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    #[serde(skip_serializing)]
    code: String,
    program: String,
    environment: String,
    payer: String,
}

impl CodeForm {
    fn of(partition: &Partition, payer: &PayerId) -> Self {
        let (program, environment) = (partition.program.to_string(), partition.environment.to_string());
        Self { program, environment, payer: payer.to_string(), ..Self::default() }
    }

    /// What the address names.
    fn asked_for(web: &Web) -> Self {
        let query = |name: &str| web.request.query(name).unwrap_or_default().to_owned();
        let [program, environment, payer] = ["program", "environment", "payer"].map(query);
        Self { program, environment, payer, ..Self::default() }
    }

    /// Where, with the payer's name.
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

/// A word on each code that waits for the account, with a link to where it is typed.
pub async fn notices(web: &Web, ctx: &mut Ctx) -> Result<Vec<AnyView>, Failure> {
    let locale = web.locale();
    let waiting = member_codes::all_waiting(ctx, &web.account()?.id).await?;
    let notice = |(partition, payer, _): (Partition, PayerId, Waiting)| {
        let plan = name(web, &partition, &payer)?;
        let text = match locale {
            Locale::English => format!("A code from {plan} is on its way to you."),
            Locale::Spanish => format!("Un código de {plan} va en camino."),
        };
        let here = CodeForm::of(&partition, &payer).path();
        let link = locale.of("Enter the code", "Escribir el código");
        Some(view! { <Alert tone=Tone::Info>{text} " " <a href=here>{link}</a></Alert> }.into_any())
    };
    Ok(waiting.into_iter().filter_map(notice).collect())
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let t = move |english, spanish| locale.of(english, spanish);
    let account = &web.account()?.id;
    let asked_for = CodeForm::asked_for(&web);
    let (partition, payer, plan) = asked_for.place(&web)?;
    show_in(&web.services.programs, [&partition.program]);
    let asked = Asked { account, partition: &partition, payer: &payer };
    let waiting = member_codes::waiting(&mut web.services.store.read().await?, asked).await?;
    let inputs = vec![
        member_code::input(locale),
        Input::hidden("program"),
        Input::hidden("environment"),
        Input::hidden("payer"),
    ];
    let form = Form::open(&web, FORM, inputs).await?.fill(&asked_for);
    let title = t("Enter your code", "Escriba su código");
    let body = match waiting {
        Some(waiting) => view! {
            <p>{member_code::sent(&waiting, locale)}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=ConfirmCode::PATH>{form.fields()} <Actions submit=t("Continue", "Continuar") /></PostForm>
        }
        .into_any(),
        None => view! {
            <ErrorSummary form=form />
            <p>{t(
                "No code waits here. If yours no longer works, connect the app again and enter the details of your card: you \
                 get another one.",
                "Aquí no se espera ningún código. Si el suyo ya no funciona, conecte la aplicación otra vez y escriba los datos \
                 de su tarjeta: recibirá otro.",
            )}</p>
        }
        .into_any(),
    };
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-intro">{plan}</p>
        {body}
        <p><a href="/member">{t("Back to your connected apps", "Volver a sus aplicaciones conectadas")}</a></p>
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
    web.refuse(FORM, form.path(), &form, wrong).await
}
