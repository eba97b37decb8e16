//! `/admin/bulletins/{id}`: the bulletin as its readers see it, and what an administrator can do: post, edit, end.

use leptos::{prelude::*, server_fn::ServerFn};
use registry::bulletins::{self, Bulletin, State};

use super::{PATH, administrator, ends, may_write, path, readers, scope, status};
use crate::{
    admin::desk::Desk,
    components::{
        bulletins::{in_language, notice},
        summary::{Fact, Summary},
        time::Time,
    },
    failure::Failure,
    locale::Locale,
    page::Page,
    texts::{
        admin::{CLOSED_ACCOUNT, bulletins as text},
        notices::Notice,
    },
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let desk = Desk::enter(&web).await?;
    let mut ctx = web.services.store.read().await?;
    let bulletin = bulletins::get(&mut ctx, web.request.param("id")?).await?;
    let state = bulletin.state(ctx.now);
    drop(ctx);
    let english = notice(in_language(&web, &bulletin, Locale::English), Locale::English);
    let spanish = (!bulletin.content.title_es.is_empty()).then(|| {
        let shown = notice(in_language(&web, &bulletin, Locale::Spanish), Locale::Spanish);
        view! { <h2>{text::PREVIEW_SPANISH}</h2> <div lang="es">{shown}</div> }
    });
    let actions = may_write(&desk).then(|| actions(&bulletin, state));
    let title = bulletin.content.title.clone();
    let view = view! {
        <div class="heading-row"><h1>{title.clone()}</h1> {status(state)}</div>
        <h2>{text::PREVIEW}</h2>
        {english}
        {spanish}
        <Summary facts=facts(&web, &bulletin) />
        {actions}
    };
    Ok(desk.page(title, view).at(PATH).under(PATH, text::TITLE))
}

fn facts(web: &Web, bulletin: &Bulletin) -> Vec<Fact> {
    let content = &bulletin.content;
    let starts = content.starts_at;
    vec![
        Fact::new(text::PROGRAM, scope(&web.services.programs, content.program.as_ref())),
        Fact::new(text::READERS, readers(bulletin)),
        Fact::new(text::KIND, text::kind(content.kind)),
        Fact::new(text::PLACE, text::place(content.place)),
        Fact::new(text::STARTS, view! { <Time at=starts /> }),
        Fact::new(text::ENDS, ends(bulletin)),
        Fact::new(text::WRITTEN_BY, bulletin.written_by_name.clone().unwrap_or_else(|| CLOSED_ACCOUNT.to_owned())),
    ]
}

fn actions(bulletin: &Bulletin, state: State) -> Option<impl IntoView + use<>> {
    let (id, version) = (bulletin.id.clone(), bulletin.version.to_string());
    let form = |to: &'static str, class: &'static str, button: &'static str| {
        view! {
            <form method="post" action=to>
                <input type="hidden" name="id" value=id.clone() />
                <input type="hidden" name="version" value=version.clone() />
                <button class=format!("usa-button {class}") type="submit">{button}</button>
            </form>
        }
    };
    let edit = view! { <a class="usa-button usa-button--outline" href=format!("{}/edit", path(&id))>{text::EDIT}</a> };
    let post = (state == State::Draft).then(|| form(PostBulletin::PATH, "", text::POST));
    let (about, end) = match state {
        State::Draft => (text::ABOUT_POSTING, text::DELETE),
        _ => (text::ABOUT_ENDING, text::END),
    };
    (state != State::Ended).then(|| {
        view! {
            <p>{about}</p>
            <div class="actions">{post} {edit} {form(EndBulletin::PATH, "usa-button--danger", end)}</div>
        }
    })
}

#[server(endpoint = "post-bulletin")]
pub async fn post_bulletin(id: String, version: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let version = version.parse().map_err(|_| Failure::Invalid)?;
    let mut ctx = web.services.store.write().await?;
    bulletins::post(&mut ctx, &desk.account.id, &id, version).await?;
    ctx.commit().await?;
    web.redirect(Notice::BulletinPosted.on(&path(&id)));
    Ok(())
}

#[server(endpoint = "end-bulletin")]
pub async fn end_bulletin(id: String, version: String) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let version = version.parse().map_err(|_| Failure::Invalid)?;
    let mut ctx = web.services.store.write().await?;
    bulletins::end(&mut ctx, &desk.account.id, &id, version).await?;
    ctx.commit().await?;
    web.redirect(Notice::BulletinEnded.on(PATH));
    Ok(())
}
