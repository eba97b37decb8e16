//! The claim by which a payer's provider says for whom else a person may act: the member numbers of those people.

use fhir::members::{self as patients, Found};
use identity::representatives::feed::Named;
use serde_json::{Map, Value};
use store::Scoped;

use crate::{fault::MemberIdFault, finish::Error, provider::Provider, sign_in::read_number};

/// No one acts for more members of one payer.
const MOST: usize = 50;

/// The numbers that the claim lists; none if the provider has no such claim, or gives nothing. A list that cannot be read in full
/// is a fault: taken as shorter, it would end what was allowed.
pub(crate) fn numbers(
    claims: &Map<String, Value>,
    claim: Option<&str>,
) -> Result<Vec<String>, (String, MemberIdFault)> {
    let Some(claim) = claim else { return Ok(Vec::new()) };
    let listed = match claims.get(claim) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(listed)) => listed.as_slice(),
        // Some providers write a list of one as its only value.
        Some(one) => std::slice::from_ref(one),
    };
    let read: Result<Vec<String>, MemberIdFault> = listed.iter().map(|value| read_number(Some(value))).collect();
    match read {
        Ok(numbers) if numbers.len() <= MOST => Ok(numbers),
        _ => Err((claim.to_owned(), MemberIdFault::MalformedList)),
    }
}

/// The members with these numbers, each once. A number that names no member of the payer, or several, lets the person act for no
/// one.
pub(crate) async fn find(ctx: &mut Scoped, provider: &Provider, numbers: &[String]) -> Result<Vec<Named>, Error> {
    let (payer, system) = (&provider.home.payer, &provider.member_id.system);
    let mut named: Vec<Named> = Vec::new();
    for number in numbers {
        let Found::One(patient) = patients::find_by_identifier(ctx, payer, system, number).await? else { continue };
        if let Some(member) = patients::find(ctx, &patient).await?
            && !named.iter().any(|known| known.patient == patient)
        {
            named.push(Named { first_name: member.first_name, patient });
        }
    }
    Ok(named)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_list_is_read_in_full_or_not_at_all() {
        fn check(value: &Value, expect: Option<&[&str]>) {
            let claims = Map::from_iter([("acts_for".to_owned(), value.clone())]);
            let read = numbers(&claims, Some("acts_for"));
            match expect {
                Some(expect) => assert_eq!(read.unwrap(), expect, "{value}"),
                None => assert_eq!(read.unwrap_err(), ("acts_for".to_owned(), MemberIdFault::MalformedList), "{value}"),
            }
        }
        check(&json!(["M-1", " M-2 ", 77]), Some(&["M-1", "M-2", "77"]));
        check(&json!([]), Some(&[]));
        check(&json!(null), Some(&[]));
        check(&json!("M-1"), Some(&["M-1"]));
        check(&json!(["M-1", null]), None);
        check(&json!(["M-1", ""]), None);
        check(&json!(["M-1", ["M-2"]]), None);
        check(&json!({ "M-1": true }), None);
        check(&json!(true), None);
        check(&json!(vec!["M-1"; 51]), None);
        let claims = Map::from_iter([("acts_for".to_owned(), json!(["M-1"]))]);
        assert_eq!(numbers(&claims, None).unwrap(), Vec::<String>::new(), "the program file names no claim");
        assert_eq!(numbers(&Map::new(), Some("acts_for")).unwrap(), Vec::<String>::new());
    }
}
