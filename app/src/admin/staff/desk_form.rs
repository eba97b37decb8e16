//! For which programs a person works.

use std::collections::BTreeMap;

use identity::staff;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    account::Role,
    form,
    form::{
        Code, FieldError, Form as _,
        input::{Choice, Input},
    },
    id::{AccountId, PayerId},
    partition::ProgramId,
};
use programs::Programs;
use registry::desks::{self, Reach};

use super::{administrator, path};
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    texts::{admin::staff as text, notices::Notice},
    web::Web,
};

form! {
    pub struct DeskForm("set-desk") {
        scope: String = Input::radios("Which programs", "Choose one.")
            .choice("all", "All programs").choice("some", "Only those checked below");
        reach: Vec<String> = Input::checkboxes("Programs and payers", "Choose at least one program.").optional()
            .hint("Check a program for all of its payers, or single payers of it.");
        account: String = Input::hidden();
    }
}

impl DeskForm {
    fn of(account: &AccountId, reach: &Reach) -> Self {
        let Reach::Of(programs) = reach else {
            return Self { scope: "all".to_owned(), account: account.to_string(), ..Self::default() };
        };
        let mut words = Vec::new();
        for (program, payers) in programs {
            if payers.is_empty() {
                words.push(program.to_string());
            }
            words.extend(payers.iter().map(|payer| format!("{program} {payer}")));
        }
        Self { scope: "some".to_owned(), reach: words, account: account.to_string() }
    }

    /// Only programs and payers of this deployment. A whole program includes its payers.
    fn parse(&self, programs: &Programs) -> Result<Reach, FieldError> {
        match self.scope.as_str() {
            "all" => return Ok(Reach::All),
            "some" => {}
            "" => return Err(FieldError::new("scope", Code::Required)),
            _ => return Err(FieldError::new("scope", Code::NotAChoice)),
        }
        let mut found: BTreeMap<ProgramId, std::collections::BTreeSet<PayerId>> = BTreeMap::new();
        let mut whole = Vec::new();
        for word in &self.reach {
            let (program, payer) = word.split_once(' ').unwrap_or((word, ""));
            let (program, payer) = (ProgramId::new(program), PayerId::new(payer));
            let known = programs.get(&program).ok_or_else(|| FieldError::new("reach", Code::NotAChoice))?;
            let payers = found.entry(program.clone()).or_default();
            if payer.as_str().is_empty() {
                whole.push(program);
            } else if known.payer(&payer).is_some() {
                payers.insert(payer);
            } else {
                return Err(FieldError::new("reach", Code::NotAChoice));
            }
        }
        for program in whole {
            found.insert(program, std::collections::BTreeSet::new());
        }
        if found.is_empty() { Err(FieldError::new("reach", Code::ProgramNeeded)) } else { Ok(Reach::Of(found)) }
    }
}

fn choices(programs: &Programs) -> Vec<Choice> {
    let mut choices = Vec::new();
    for program in programs.iter() {
        choices.push(Choice::new(program.id.to_string(), program.name.clone()));
        // A program's only payer is the program.
        let payers = program.payers.iter().filter(|_| 1 < program.payers.len());
        choices.extend(payers.map(|payer| {
            Choice::new(format!("{} {}", program.id, payer.id), text::of_program(&program.name, &payer.name))
        }));
    }
    choices
}

pub async fn section(web: &Web, account: &AccountId, reach: &Reach) -> Result<impl IntoView + use<>, Failure> {
    let form = Form::of::<DeskForm>(web).await?.offer("reach", choices(&web.services.programs));
    let form = form.fill(&DeskForm::of(account, reach)).own("account", account.to_string());
    let fields = form.fields();
    Ok(view! {
        <section id="desk">
            <h2>{text::DESK}</h2>
            <p>{text::ABOUT_DESK}</p>
            <ErrorSummary form />
            <PostForm to=SetDesk::PATH>
                {fields}
                <Actions submit=text::SAVE_DESK />
            </PostForm>
        </section>
    })
}

#[server(endpoint = "set-desk")]
pub async fn set_desk(#[server(flatten)] form: DeskForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let desk = administrator(&web).await?;
    let id = AccountId::new(form.account.as_str());
    let reach = match form.parse(&web.services.programs) {
        Ok(reach) => reach,
        Err(error) => return web.refuse(DeskForm::NAME, path(&id), &form, [error]).await,
    };
    let mut ctx = web.services.store.write().await?;
    let person = staff::get(&mut ctx, &id).await?;
    if person.roles.iter().any(|held| held.role == Role::Administrator) {
        return Err(Failure::Conflict);
    }
    desks::set(&mut ctx, &web.services.registry, &desk.account.id, &id, &reach).await?;
    ctx.commit().await?;
    web.redirect(Notice::DeskSet.on(&path(&id)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_is_read_as_it_is_shown_and_names_only_what_is_here() {
        let programs = Programs::embedded().unwrap();
        let check = |scope: &str, words: &[&str], expect: Result<Option<Vec<(&str, usize)>>, Code>| {
            let reach = words.iter().map(ToString::to_string).collect();
            let form = DeskForm { scope: scope.to_owned(), reach, account: "a".to_owned() };
            let found = form.parse(&programs).map_err(|error| error.code);
            if let Ok(reach) = &found {
                let again = DeskForm::of(&AccountId::new("a"), reach).parse(&programs);
                assert_eq!(again.as_ref(), Ok(reach));
            }
            let found = found.map(|reach| match reach {
                Reach::All => None,
                Reach::Of(programs) => {
                    Some(programs.iter().map(|(id, payers)| (id.to_string(), payers.len())).collect::<Vec<_>>())
                }
            });
            let expect = expect.map(|found| {
                found.map(|list| list.into_iter().map(|(id, payers)| (id.to_owned(), payers)).collect::<Vec<_>>())
            });
            assert_eq!(found, expect, "{words:?}");
        };
        let payer = programs.get(&ProgramId::new("oph-ca")).unwrap().payers[0].id.to_string();
        let of_payer = format!("oph-ca {payer}");
        check("all", &["idaho"], Ok(None));
        check("some", &["idaho"], Ok(Some(vec![("idaho", 0)])));
        check("some", &["idaho", &of_payer], Ok(Some(vec![("idaho", 0), ("oph-ca", 1)])));
        check("some", &["oph-ca", &of_payer], Ok(Some(vec![("oph-ca", 0)])));
        check("some", &[], Err(Code::ProgramNeeded));
        check("some", &["utah"], Err(Code::NotAChoice));
        check("some", &["oph-ca utah"], Err(Code::NotAChoice));
        check("", &[], Err(Code::Required));
        check("most", &[], Err(Code::NotAChoice));
    }
}
