//! The portals: pages rendered on the server, forms that need no JavaScript, islands that add comfort.
//!
//! # How a page is made
//! A page is `pub async fn page(web: Web) -> Result<Page, Failure>`, listed in its portal's `routes()`. It asks who is
//! signed in (`web.account()?` leads others to sign in), calls a service and returns
//! `Page::new(Portal::Owner, text::TITLE, view! { … }).at("/owner")`. A [`failure::Failure`] is the other answer: each has
//! its status and page. Views are made of [`components`], whose class names are USWDS's.
//!
//! # How a form is made
//! ```text
//! form! {
//!     pub struct SignUpForm("sign-up") => NewAccount {
//!         email: String => Email = Input::email(["Email address", "Correo electrónico"], ["Enter …", "Escriba …"]);
//!         #[serde(skip_serializing)]
//!         password: String => Password = Input::password(…);
//!     }
//! }
//!
//! #[server(endpoint = "sign-up")]
//! pub async fn sign_up(#[server(flatten)] form: SignUpForm) -> Result<(), Failure> {
//!     let web = Web::current()?;                                   // before the first await
//!     match form.parse() {
//!         Ok(account) => { accounts::create(account).await?; web.redirect("/verify") }      // 303
//!         Err(errors) => web.refuse(SignUpForm::NAME, "/signup", &form, errors).await?,
//!     }
//!     Ok(())
//! }
//!
//! let form = Form::of::<SignUpForm>(&web).await?;
//! view! {
//!     <ErrorSummary form=form.clone() />
//!     <PostForm to=SignUp::PATH>{form.fields()} <Actions submit=text::CREATE /></PostForm>
//! }
//! ```
//! `model::form!` declares struct, inputs and types in one place. The struct holds text as it was typed (`String`, `Vec<String>`
//! for checkboxes named `name[]`). A refused form leaves what was typed, and codes, in the session, under a handle in the
//! page's address; [`texts::errors`] has the sentence for each code. Passwords are `skip_serializing`, so they are never
//! kept. After success a `?done=code` of [`texts::notices`] may follow the address.
//!
//! # Texts
//! Views hold no sentence: [`texts`] has them, a module for each portal, in English and Spanish side by side.
//!
//! # Rules
//! A page changes nothing (that staff saw a person's data is written down, `web.saw`); a form changes one thing and answers 303. What belongs to someone else is `NotFound`.
//! No inline styles (CSP). Everything in a view is text: `inner_html` is the shell's, and that of
//! text areas, which Leptos does not escape (`components::field`); a test of the sources says so.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]

pub mod islands;
pub mod locale;
pub mod texts;

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
pub mod admin;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod consent;
#[cfg(feature = "ssr")]
pub mod csv;
#[cfg(feature = "ssr")]
pub mod diagnosis;
#[cfg(feature = "ssr")]
pub mod docs;
#[cfg(feature = "ssr")]
pub mod endpoints;
#[cfg(feature = "ssr")]
pub mod failure;
#[cfg(feature = "ssr")]
pub mod failure_page;
#[cfg(feature = "ssr")]
pub mod files;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
mod markers;
#[cfg(feature = "ssr")]
pub mod member;
#[cfg(feature = "ssr")]
pub mod opener;
#[cfg(feature = "ssr")]
pub mod owner;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod payers;
#[cfg(feature = "ssr")]
pub mod portal;
#[cfg(feature = "ssr")]
pub mod posts;
#[cfg(feature = "ssr")]
pub mod quality;
#[cfg(feature = "ssr")]
pub mod render;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod services;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod web;
