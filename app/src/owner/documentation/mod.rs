//! `/owner/documentation`: what the programs offer, from their own files.

mod authorization;
pub mod program;
mod resources;
mod sandbox;

use leptos::prelude::*;
use programs::program::Program;

use crate::{failure::Failure, owner::vendor::Vendor, page::Page, texts::owner::documentation as text, web::Web};

pub const PATH: &str = "/owner/documentation";

/// The page of one program.
pub fn path(program: &Program) -> String {
    format!("{PATH}/{}", program.id)
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let item = |program: &std::sync::Arc<Program>| {
        view! {
            <li class="panel">
                <h2><a class="usa-link" href=path(program)>{program.title.clone()}</a></h2>
                <p>{program.tagline.clone()}</p>
            </li>
        }
    };
    let view = view! {
        <h1>{text::TITLE}</h1>
        <ul class="panels">{web.services.programs.iter().map(item).collect_view()}</ul>
    };
    Ok(vendor.page(text::TITLE, view).at(PATH))
}
