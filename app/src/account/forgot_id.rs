//! `/account/forgot-id`

use identity::recovery;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{form, form::input::Input};

use crate::{
    account::{
        check_mail,
        way::{self, Way},
    },
    components::form::{Actions, PostForm},
    failure::Failure,
    form::Form,
    page::Page,
    texts::account::{BACK_TO_SIGN_IN, recovery as text},
    web::Web,
};

form! {
    pub struct ForgotIdForm("forgot-id") {
        email: String = Input::email(
            ["Email address", "Correo electrónico"],
            ["Enter your email address.", "Escriba su correo electrónico."],
        );
        /// The page to go to afterwards.
        next: String = Input::hidden();
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let way = Way::of_page(&web).await?;
    let form = Form::of::<ForgotIdForm>(&web).await?;
    let form = form.fill(&ForgotIdForm { next: way.next().to_owned(), ..ForgotIdForm::default() });
    let (submit, cancel, cancel_to) = (text::SEND_ID.of(locale), BACK_TO_SIGN_IN.of(locale), way.by("/signin"));
    let view = view! {
        <div class="card card--narrow">
            <h1>{text::FORGOT_ID.of(locale)}</h1>
            {way.facts()}
            <p>{text::ABOUT_ID.of(locale)}</p>
            <PostForm to=ForgotId::PATH>
                {form.fields()}
                <Actions submit cancel cancel_to />
            </PostForm>
            {way.cancel()}
        </div>
    };
    Ok(way.page(text::FORGOT_ID.of(locale), view))
}

/// Answers the same, and equally fast, whether such an account exists or not.
#[server(endpoint = "forgot-id")]
pub async fn forgot_id(#[server(flatten)] form: ForgotIdForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let next = way::kept(&form.next);
    let mut ctx = web.services.store.write().await?;
    recovery::forgot_id(&mut ctx, &form.email, web.request.address, next).await?;
    ctx.commit().await?;
    way::hold_open(&web, next.unwrap_or_default()).await?;
    web.redirect(check_mail::after_recovery(next));
    Ok(())
}
