//! `/owner/profile`: the contact number, asked for once at the first sign-in.

use identity::accounts::{self, Account};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form,
    form::{Code, Form as _, input::Input},
    phone::{Phone, PhoneKind},
};

use crate::{
    account::sign_in::with_next,
    components::{
        form::{Actions, ErrorSummary, PostForm},
        summary::{Fact, Summary},
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{dashboard, vendor::Vendor},
    page::{Page, Portal},
    texts::{
        notices::Notice,
        owner::{CANCEL, EMAIL, NAME, SAVE, profile as text},
    },
    web::{Web, request::local_path},
};

pub const PATH: &str = "/owner/profile";

form! {
    pub struct ProfileForm("profile") {
        contact_number: String = Input::tel("Enter Your Contact Number", "Enter your contact number.").max_length(25)
            .hint("In the US, ten digits. Elsewhere, + and the country code first.");
        /// The page to go to afterwards.
        next: String = Input::hidden();
    }
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let account = web.healthcare_account().await?.clone();
    if account.contact_number.is_some() { profile(&web, account).await } else { first(&web).await }
}

/// The page before all others in this portal.
async fn first(web: &Web) -> Result<Page, Failure> {
    let next = web.request.query("next").and_then(local_path).unwrap_or(dashboard::PATH).to_owned();
    let form = Form::of::<ProfileForm>(web).await?.fill(&ProfileForm { next, ..ProfileForm::default() });
    let view = view! {
        <div class="card card--narrow">
            <h1>{text::TITLE}</h1>
            <p>{text::WHY}</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=SaveProfile::PATH>
                {form.fields()}
                <Actions submit=text::PROCEED cancel=CANCEL cancel_to="/" />
            </PostForm>
        </div>
    };
    Ok(Page::new(Portal::Owner, text::TITLE, view).at(PATH))
}

async fn profile(web: &Web, account: Account) -> Result<Page, Failure> {
    let vendor = Vendor::enter(web).await?;
    let contact_number = account.contact_number.as_ref().map(Phone::to_string).unwrap_or_default();
    let start = ProfileForm { contact_number, next: Notice::Profile.on(PATH) };
    let form = Form::of::<ProfileForm>(web).await?.fill(&start);
    let facts = vec![
        Fact::new(NAME, account.name.to_string()),
        Fact::new(EMAIL, account.email.to_string()),
        Fact::new(text::HEALTHCARE_ID, account.healthcare_id.to_string()),
    ];
    let view = view! {
        <h1>{text::TITLE}</h1>
        <Summary facts />
        <p><a class="usa-link" href="/account">{text::MANAGE}</a></p>
        <h2>{text::CONTACT_NUMBER}</h2>
        <ErrorSummary form=form.clone() />
        <PostForm to=SaveProfile::PATH>
            {form.fields()}
            <Actions submit=SAVE />
        </PostForm>
    };
    Ok(vendor.page(text::TITLE, view).at(PATH))
}

#[server(endpoint = "save-profile")]
pub async fn save_profile(#[server(flatten)] form: ProfileForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.healthcare_account().await?;
    let number = match contact_number(&form.contact_number) {
        Ok(number) => number,
        Err(code) => {
            let page = with_next(PATH, &form.next);
            return web.refuse(ProfileForm::NAME, page, &form, [Error::new("contact_number", code)]).await;
        }
    };
    let mut ctx = web.services.store.write().await?;
    accounts::set_contact_number(&mut ctx, &account.id, &number).await?;
    ctx.commit().await?;
    web.redirect(local_path(&form.next).unwrap_or(dashboard::PATH));
    Ok(())
}

/// A number as people write it: `(208) 555-0123`, `+44 20 7946 0958`.
fn contact_number(text: &str) -> Result<Phone, Code> {
    let plain: String = text.chars().filter(|char| !matches!(char, ' ' | '-' | '.' | '(' | ')' | '/')).collect();
    match plain.strip_prefix('+') {
        Some(digits) => Phone::from_digits(PhoneKind::International, digits),
        None => Phone::from_digits(PhoneKind::Us, &plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_numbers_are_taken_as_people_write_them() {
        fn check(text: &str, expect: Result<&str, Code>) {
            assert_eq!(contact_number(text).as_ref().map(Phone::as_str).map_err(|code| *code), expect, "{text}");
        }
        check("2085550123", Ok("+12085550123"));
        check("(208) 555-0123", Ok("+12085550123"));
        check("+1 208 555 0123", Ok("+12085550123"));
        check("+44 20 7946 0958", Ok("+442079460958"));
        check("", Err(Code::Required));
        check("555-0123", Err(Code::NotAUsPhone));
        check("call me", Err(Code::DigitsOnly));
    }
}
