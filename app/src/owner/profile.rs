//! `/owner/profile`: the contact number, asked for once at the first sign-in.

use identity::accounts::{self, Account};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form::Code,
    phone::{Phone, PhoneKind},
};
use serde::{Deserialize, Serialize};

use crate::{
    account::sign_in::with_next,
    components::{
        form::{Actions, ErrorSummary, PostForm},
        summary::{Fact, Summary},
    },
    failure::Failure,
    form::{Form, flash::Error, input::Input},
    owner::{dashboard, vendor::Vendor},
    page::{Page, Portal},
    web::{Web, request::local_path},
};

pub const PATH: &str = "/owner/profile";
const FORM: &str = "profile";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    contact_number: String,
    /// The page to go to afterwards.
    next: String,
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let account = web.healthcare_account().await?.clone();
    if account.contact_number.is_some() { profile(&web, account).await } else { first(&web).await }
}

fn inputs() -> Vec<Input> {
    let hint = "Ten digits in the US; elsewhere + and the country code first.";
    vec![Input::tel("contact_number", "Enter Your Contact Number").hint(hint).max_length(25)]
}

/// Before everything else in this portal.
async fn first(web: &Web) -> Result<Page, Failure> {
    let form = Form::open(web, FORM, inputs()).await?;
    let next = web.request.query("next").and_then(local_path).unwrap_or(dashboard::PATH).to_owned();
    let view = view! {
        <div class="card card--narrow">
            <h1>"Profile"</h1>
            <p>"We ask for this once, so that our reviewers can reach you about your registrations."</p>
            <ErrorSummary form=form.clone() />
            <PostForm to=SaveProfile::PATH>
                {form.fields()}
                <input type="hidden" name="next" value=next />
                <Actions submit="Proceed" cancel="Cancel" cancel_to="/" />
            </PostForm>
        </div>
    };
    Ok(Page::new(Portal::Owner, "Profile", view).at(PATH))
}

async fn profile(web: &Web, account: Account) -> Result<Page, Failure> {
    let vendor = Vendor::enter(web).await?;
    let contact_number = account.contact_number.as_ref().map(Phone::to_string).unwrap_or_default();
    let form = Form::open(web, FORM, inputs()).await?.fill(&ProfileForm { contact_number, next: String::new() });
    let facts = vec![
        Fact::new("Name", account.name.to_string()),
        Fact::new("Email", account.email.to_string()),
        Fact::new("Healthcare ID", account.healthcare_id.to_string()),
    ];
    let view = view! {
        <h1>"Profile"</h1>
        <Summary facts />
        <p><a class="usa-link" href="/account">"Manage your Healthcare ID"</a></p>
        <h2>"Contact number"</h2>
        <ErrorSummary form=form.clone() />
        <PostForm to=SaveProfile::PATH>
            {form.fields()}
            <input type="hidden" name="next" value="/owner/profile?done=profile" />
            <Actions submit="Save" />
        </PostForm>
    };
    Ok(vendor.page("Profile", view).at(PATH))
}

#[server(endpoint = "save-profile")]
pub async fn save_profile(#[server(flatten)] form: ProfileForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let account = web.healthcare_account().await?;
    let number = match contact_number(&form.contact_number) {
        Ok(number) => number,
        Err(code) => {
            let page = with_next(PATH, &form.next);
            return web.refuse(FORM, page, &form, [Error::new("contact_number", code)]).await;
        }
    };
    let mut ctx = web.services.store.write().await?;
    accounts::set_contact_number(&mut ctx, &account.id, &number).await?;
    ctx.commit().await?;
    web.redirect(local_path(&form.next).unwrap_or(dashboard::PATH));
    Ok(())
}

/// A number as people write theirs: `(208) 555-0123`, `+44 20 7946 0958`.
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
