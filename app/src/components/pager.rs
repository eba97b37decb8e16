//! Long lists in pages of fifty rows, and links to the pages before and after.

use leptos::prelude::*;
use model::texts::Text;
use store::Part;
use url::form_urlencoded;

use crate::{locale::Locale, texts::components as text, web::Web};

/// Rows of a page.
const ROWS: i64 = 50;
/// The query's parameter.
const PAGE: &str = "page";

/// The page of a list that the address asks for: `?page=2`. Anything that is not a number means the first page, and a number
/// beyond the last page means the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    number: i64,
    total: i64,
    /// The address of this list, up to the page's number.
    address: String,
    /// What follows the number: where on its page the list is.
    place: String,
    /// The name of a list that shares its page with others.
    name: Option<&'static str>,
    locale: Locale,
}

impl Pages {
    pub fn of(web: &Web, total: usize) -> Self {
        Self::read(web, None, total)
    }

    /// Of a list that shares its page with others: `?history=2`, in the element of that id. Only administrators and vendors have
    /// such pages, so its name is English.
    pub fn named(web: &Web, name: &'static str, total: usize) -> Self {
        Self::read(web, Some(name), total)
    }

    fn read(web: &Web, name: Option<&'static str>, total: usize) -> Self {
        let total = i64::try_from(total).unwrap_or(i64::MAX);
        let parameter = name.unwrap_or(PAGE);
        let number = web.request.query(parameter).and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, last(total));
        // A notice, or what was typed, belongs to the page that was left.
        let left = [parameter, "done", "form"];
        let query = web.request.query.iter().filter(|(name, _)| !left.contains(&name.as_str()));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        let and = if query.is_empty() { "" } else { "&" };
        let address = format!("{}?{query}{and}{parameter}=", web.request.path);
        let place = name.map(|name| format!("#{name}")).unwrap_or_default();
        Self { number, total, address, place, name, locale: web.locale() }
    }

    pub fn part(&self) -> Part {
        Part { from: (self.number - 1) * ROWS, rows: ROWS }
    }

    /// The rows of this page, of a list that was read as a whole.
    pub fn cut<T>(&self, rows: Vec<T>) -> Vec<T> {
        let [from, count] = [self.part().from, ROWS].map(|rows| usize::try_from(rows).unwrap_or_default());
        rows.into_iter().skip(from).take(count).collect()
    }

    /// `51–100 of 1,234`, with links; nothing where one page holds all.
    pub fn links(&self) -> AnyView {
        if self.total <= ROWS {
            return ().into_any();
        }
        let to = |number: i64| format!("{}{number}{}", self.address, self.place);
        let previous = (1 < self.number).then(|| to(self.number - 1));
        let next = (self.number < last(self.total)).then(|| to(self.number + 1));
        let Part { from, rows } = self.part();
        let (first, end, total) = (grouped(from + 1), grouped((from + rows).min(self.total)), grouped(self.total));
        view! {
            <p class="usa-hint">{text::rows(self.locale, first, end, total)}</p>
            <Pager previous next locale=self.locale of=self.name.unwrap_or_default() />
        }
        .into_any()
    }
}

fn last(total: i64) -> i64 {
    1.max((total + ROWS - 1) / ROWS)
}

/// `1,234`
pub fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if 0 < place && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Links to the page before and the page after; nothing where neither exists.
#[component]
pub fn Pager(
    previous: Option<String>,
    next: Option<String>,
    #[prop(optional)] locale: Locale,
    /// The name of the list, for screen readers, where a page has several.
    #[prop(optional)]
    of: &'static str,
) -> impl IntoView {
    let link = |path: String, class: &'static str, label: Text| {
        view! { <li class="usa-pagination__item usa-pagination__arrow"><a class=class href=path>{label.of(locale)}</a></li> }
    };
    let label = if of.is_empty() { text::PAGES.of(locale).to_owned() } else { text::pages_of(locale, of) };
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="usa-pagination" aria-label=label>
                <ul class="usa-pagination__list">
                    {previous.map(|path| link(path, "usa-pagination__link usa-pagination__previous-page", text::PREVIOUS))}
                    {next.map(|path| link(path, "usa-pagination__link usa-pagination__next-page", text::NEXT))}
                </ul>
            </nav>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_holds_what_is_left() {
        fn check(total: i64, expect: i64) {
            assert_eq!(last(total), expect, "{total}");
        }
        check(0, 1);
        check(50, 1);
        check(51, 2);
        check(501, 11);
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
