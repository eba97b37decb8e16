//! `/admin/bulletins/new` and `/admin/bulletins/{id}/edit`: what it says, to whom, and when. It leads to the preview.

use ::programs::Programs;
use jiff::{Timestamp, tz::TimeZone};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    bulletin::{Audience, Kind, Place},
    form,
    form::{
        Code, Errors, FieldError, Form as _,
        input::{Choice, Input},
    },
    partition::ProgramId,
    text::{Line, Paragraph},
};
use registry::bulletins::{self, Content};

use super::{PATH, administrator, path};
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, moment},
    page::Page,
    texts::{
        admin::{CANCEL, bulletins as text},
        notices::Notice,
    },
    web::Web,
};

form! {
    pub struct BulletinForm("bulletin") {
        program: String = Input::select("Program", "Choose a program.");
        audiences: Vec<String> = Input::checkboxes("Readers", "Choose who reads it.")
            .choices(Audience::ALL.iter().map(|one| Choice::new(one.as_str(), text::audience(*one))));
        kind: String = Input::radios("Kind", "Choose a kind.")
            .choices(Kind::ALL.iter().map(|one| Choice::new(one.as_str(), text::kind(*one))));
        place: String = Input::radios("Place", "Choose a place.")
            .choices(Place::ALL.iter().map(|one| Choice::new(one.as_str(), text::place(*one))))
            .hint("Only app owners have a bulletin board.");
        title: String = Input::text("Title", "Enter a title.").max_length(120);
        text: String = Input::area(4, "Text", "Enter the text.").max_length(1000);
        title_es: String = Input::text("Title in Spanish", "Enter the title in Spanish.").optional().max_length(120)
            .hint("Members and the public read it.");
        text_es: String = Input::area(4, "Text in Spanish", "Enter the text in Spanish.").optional().max_length(1000);
        starts_at: String = Input::moment("Start", "Enter the start.").optional().hint("Leave this empty to start now.");
        ends_at: String = Input::moment("End", "Enter the end.").optional().hint("Leave this empty to end it yourself.");
        /// Empty: a new one.
        id: String = Input::hidden();
        version: String = Input::hidden();
    }
}

/// The choice that means every program.
pub const ALL: &str = "all";

impl BulletinForm {
    fn parse(&self, programs: &Programs, now: Timestamp) -> Result<Content, Vec<FieldError>> {
        let zone = zone(programs);
        let mut errors = Errors::default();
        let program = errors.take("program", program(&self.program, programs));
        let audiences = errors.take("audiences", self.audiences());
        let kind = errors.read::<Kind>("kind", &self.kind);
        let place = errors.read::<Place>("place", &self.place);
        let title = errors.read::<Line>("title", &self.title);
        let said = errors.read::<Paragraph>("text", &self.text);
        let title_es = errors.read::<Option<Line>>("title_es", &self.title_es);
        let text_es = errors.read::<Option<Paragraph>>("text_es", &self.text_es);
        let starts_at = errors.take("starts_at", moment::read(&self.starts_at, &zone));
        let ends_at = errors.take("ends_at", moment::read(&self.ends_at, &zone));
        // Both or neither where no one reads Spanish.
        let in_spanish = audiences.iter().flatten().any(|audience| audience.reads_spanish());
        let missing = [("title_es", matches!(title_es, Some(None))), ("text_es", matches!(text_es, Some(None)))];
        let has_any = missing.iter().any(|(_, is_missing)| !is_missing);
        for (field, is_missing) in missing {
            if is_missing && (in_spanish || has_any) {
                errors.add(field, Code::SpanishMissing);
            }
        }
        if let Some(Some(end)) = ends_at {
            match starts_at {
                Some(Some(start)) if end <= start => errors.add("ends_at", Code::EndBeforeStart),
                _ if end <= now => errors.add("ends_at", Code::InThePast),
                _ => {}
            }
        }
        let content = || {
            Some(Content {
                program: program?,
                audiences: audiences?,
                kind: kind?,
                place: place?,
                title: title?.to_string(),
                text: said?.to_string(),
                title_es: title_es?.as_ref().map(ToString::to_string).unwrap_or_default(),
                text_es: text_es?.as_ref().map(ToString::to_string).unwrap_or_default(),
                starts_at: starts_at?.unwrap_or(now),
                ends_at: ends_at?,
            })
        };
        let content = content();
        errors.finish(content)
    }

    fn audiences(&self) -> Result<Vec<Audience>, Code> {
        if self.audiences.is_empty() {
            return Err(Code::Required);
        }
        self.audiences.iter().map(|word| word.parse()).collect()
    }

    fn of(content: &Content, zone: &TimeZone) -> Self {
        Self {
            program: content.program.as_ref().map_or_else(|| ALL.to_owned(), ToString::to_string),
            audiences: content.audiences.iter().map(ToString::to_string).collect(),
            kind: content.kind.to_string(),
            place: content.place.to_string(),
            title: content.title.clone(),
            text: content.text.clone(),
            title_es: content.title_es.clone(),
            text_es: content.text_es.clone(),
            starts_at: moment::shown(content.starts_at, zone),
            ends_at: content.ends_at.map(|at| moment::shown(at, zone)).unwrap_or_default(),
            id: String::new(),
            version: String::new(),
        }
    }
}

/// The program of the choice; `None` for all.
pub fn program(typed: &str, programs: &Programs) -> Result<Option<ProgramId>, Code> {
    match typed {
        "" => Err(Code::Required),
        ALL => Ok(None),
        id => programs.get(&ProgramId::new(id)).map(|program| Some(program.id.clone())).ok_or(Code::NotAChoice),
    }
}

/// Every program, and all of them.
pub fn choices(programs: &Programs) -> Vec<Choice> {
    let all = Choice::new(ALL, text::ALL_PROGRAMS);
    let each = programs.iter().map(|program| Choice::new(program.id.to_string(), program.name.clone()));
    std::iter::once(all).chain(each).collect()
}

/// The zone of what administrators type.
pub fn zone(programs: &Programs) -> TimeZone {
    programs.zone(programs.iter().map(|program| &program.id))
}

/// Its name, such as `America/Chicago`.
pub fn zone_name(programs: &Programs) -> String {
    zone(programs).iana_name().unwrap_or("UTC").to_owned()
}

pub async fn new_page(web: Web) -> Result<Page, Failure> {
    let desk = administrator(&web).await?;
    let form = Form::of::<BulletinForm>(&web).await?;
    let view = view(&web, text::NEW, form, PATH.to_owned());
    Ok(desk.page(text::NEW, view).at(PATH).under(PATH, text::TITLE))
}

pub async fn edit_page(web: Web) -> Result<Page, Failure> {
    let desk = administrator(&web).await?;
    let bulletin = bulletins::get(&mut web.services.store.read().await?, web.request.param("id")?).await?;
    let form = Form::of::<BulletinForm>(&web).await?;
    let form = form.fill(&BulletinForm::of(&bulletin.content, &zone(&web.services.programs)));
    let form = form.own("id", bulletin.id.as_str()).own("version", bulletin.version.to_string());
    let back = path(&bulletin.id);
    let view = view(&web, text::EDIT, form, back.clone());
    Ok(desk.page(text::EDIT, view).at(PATH).under(PATH, text::TITLE).under(back, bulletin.content.title))
}

fn view(web: &Web, title: &'static str, form: Form, back: String) -> impl IntoView + use<> {
    let programs = &web.services.programs;
    let form = form.offer("program", choices(programs));
    let fields = form.fields();
    view! {
        <h1>{title}</h1>
        <p>{text::times_in(zone_name(programs))}</p>
        <ErrorSummary form />
        <PostForm to=SaveBulletin::PATH>
            {fields}
            <Actions submit=text::SAVE cancel=CANCEL cancel_to=back />
        </PostForm>
    }
}

#[server(endpoint = "save-bulletin")]
pub async fn save_bulletin(#[server(flatten)] form: BulletinForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let here = if form.id.is_empty() { format!("{PATH}/new") } else { format!("{}/edit", path(&form.id)) };
    let content = match form.parse(&web.services.programs, web.services.store.now()) {
        Ok(content) => content,
        Err(errors) => return web.refuse(BulletinForm::NAME, here, &form, errors).await,
    };
    let mut ctx = web.services.store.write().await?;
    let id = if form.id.is_empty() {
        bulletins::draft(&mut ctx, &desk.account.id, &content).await?
    } else {
        let version = form.version.parse().map_err(|_| Failure::Invalid)?;
        bulletins::edit(&mut ctx, &desk.account.id, &form.id, version, &content).await?;
        form.id.clone()
    };
    ctx.commit().await?;
    web.redirect(Notice::Saved.on(&path(&id)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> BulletinForm {
        BulletinForm {
            program: "idaho".to_owned(),
            audiences: vec!["owner".to_owned()],
            kind: "maintenance".to_owned(),
            place: "banner".to_owned(),
            title: "Maintenance".to_owned(),
            text: "From 9 to 10.".to_owned(),
            title_es: String::new(),
            text_es: String::new(),
            starts_at: String::new(),
            ends_at: "2026-12-02T09:00".to_owned(),
            id: String::new(),
            version: String::new(),
        }
    }

    fn check(form: &BulletinForm, expect: &[(&str, Code)]) {
        let programs = Programs::embedded().unwrap();
        let now = "2026-12-01T12:00:00Z".parse().unwrap();
        let errors = form.parse(&programs, now).err().unwrap_or_default();
        let errors: Vec<_> = errors.iter().map(|error| (&*error.field, error.code)).collect();
        assert_eq!(errors, expect);
    }

    #[test]
    fn a_bulletin_has_readers_and_a_time_and_spanish_where_it_is_read() {
        check(&form(), &[]);
        check(&BulletinForm { ends_at: String::new(), ..form() }, &[]);
        check(&BulletinForm { audiences: Vec::new(), ..form() }, &[("audiences", Code::Required)]);
        check(&BulletinForm { audiences: vec!["everyone".to_owned()], ..form() }, &[("audiences", Code::NotAChoice)]);
        check(&BulletinForm { program: "atlantis".to_owned(), ..form() }, &[("program", Code::NotAChoice)]);
        check(&BulletinForm { program: ALL.to_owned(), ..form() }, &[]);
        let missing = [("title_es", Code::SpanishMissing), ("text_es", Code::SpanishMissing)];
        check(&BulletinForm { audiences: vec!["owner".to_owned(), "member".to_owned()], ..form() }, &missing);
        check(&BulletinForm { audiences: vec!["public".to_owned()], ..form() }, &missing);
        check(&BulletinForm { title_es: "Aviso".to_owned(), ..form() }, &missing[1..]);
        check(&BulletinForm { ends_at: "2026-11-30T09:00".to_owned(), ..form() }, &[("ends_at", Code::InThePast)]);
        let reversed = BulletinForm { starts_at: "2026-12-02T09:00".to_owned(), ..form() };
        check(&reversed, &[("ends_at", Code::EndBeforeStart)]);
        check(&BulletinForm { starts_at: "soon".to_owned(), ..form() }, &[("starts_at", Code::MomentInvalid)]);
    }
}
