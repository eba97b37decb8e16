//! Parameters that select nothing but define the form of the answer (hl7.org/fhir/R4/search.html#result).

use programs::program::Paging;

use crate::{
    error::{Error, Result},
    subset::{Subset, Summary},
};

/// The form of the answer.
#[derive(Debug)]
pub struct Shape {
    /// Matches per page: as requested, at most what the program allows.
    pub count: u32,
    most: u32,
    /// Matches to skip.
    pub offset: u32,
    /// The token of a page link.
    pub page: Option<String>,
    pub total: bool,
    /// `_summary=count` or `_count=0`: the total and nothing else.
    pub only_total: bool,
    /// What to show of each resource; `None` for all of it.
    pub subset: Option<Subset>,
}

const MOST_OFFSET: u32 = 1_000_000;
/// The parameter of our page links.
pub const PAGE: &str = "_page";
/// The parameter that skips matches.
pub const OFFSET: &str = "_getpagesoffset";

impl Shape {
    pub fn new(paging: &Paging) -> Self {
        let count = paging.default.min(paging.most);
        Self { count, most: paging.most, offset: 0, page: None, total: true, only_total: false, subset: None }
    }

    /// Applies the parameter; `false` if it is none of these. `name` is in lower case.
    pub fn parameter(&mut self, name: &str, value: &str) -> Result<bool> {
        match name {
            "_count" => {
                let count = number(name, value)?;
                self.only_total |= count == 0;
                self.count = count.min(self.most);
            }
            OFFSET => {
                self.offset = number(name, value)?;
                if MOST_OFFSET < self.offset {
                    return Err(Error::parameter(name, format!("use at most {MOST_OFFSET}")));
                }
            }
            PAGE => self.page = Some(value.to_owned()),
            "_total" => match value {
                "none" => self.total = false,
                "estimate" | "accurate" => self.total = true,
                _ => return Err(Error::parameter(name, "use `none`, `estimate` or `accurate`")),
            },
            "_summary" => match Subset::summary(value)? {
                Summary::Count => self.only_total = true,
                Summary::Subset(subset) => self.subset = subset,
            },
            "_elements" => Subset::elements(value, &mut self.subset),
            // No search returns contained resources by themselves, which is R4's default.
            "_contained" if value == "false" => {}
            // The server handles these before and after the search.
            "_pretty" | "_format" => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Whether a parameter selects the page, and so is not part of the links.
    pub fn chooses_page(name: &str) -> bool {
        matches!(name, OFFSET | PAGE)
    }
}

fn number(name: &str, value: &str) -> Result<u32> {
    let digits = !value.is_empty() && value.len() <= 9 && value.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.then(|| value.parse().ok()).flatten();
    number.ok_or_else(|| Error::parameter(name, "use a whole number that is not negative"))
}
