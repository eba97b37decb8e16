//! To the owners of apps: a large-scale outage, and by when we answer them because of it.

use model::texts::Text;

use crate::{
    letter::Letter,
    message::Message,
    moment::When,
    reader::Reader,
    site::{INBOX, STATUS, Site},
    texts::outage as text,
};

/// The outage, as one organization hears of it.
#[derive(Clone, Debug)]
pub struct Outage<'a> {
    /// The name of the program; `None`: of all programs.
    pub program: Option<&'a str>,
    pub began: When,
    /// `None` while no one knows.
    pub ends: Option<When>,
    /// What of the organization waits for us and is due at another time now: its name, and when.
    pub moved: &'a [(String, When)],
}

/// Most that a letter lists; the inbox has the others.
const MOST: usize = 20;

impl Outage<'_> {
    fn of(&self, reader: Reader<'_>) -> String {
        self.program.unwrap_or(text::ALL_PROGRAMS.of(reader.locale)).to_owned()
    }

    fn facts(&self, letter: Letter, reader: Reader<'_>) -> Letter {
        let mut facts = vec![(text::BEGAN, self.began.of(reader.locale))];
        if let Some(ends) = &self.ends {
            facts.push((text::ENDS, ends.of(reader.locale)));
        }
        let facts: Vec<(Text, &str)> = facts.iter().map(|(label, value)| (*label, value.as_str())).collect();
        letter.facts(&facts)
    }

    /// What waits, with the new times.
    fn moved(&self, letter: Letter, site: &Site, reader: Reader<'_>) -> Letter {
        if self.moved.is_empty() {
            return letter;
        }
        let mut lines: Vec<(String, String)> =
            self.moved.iter().take(MOST).map(|(name, due)| (name.clone(), due.of(reader.locale))).collect();
        if MOST < self.moved.len() {
            let others = text::and_others(reader.locale, self.moved.len() - MOST);
            lines.push((text::OTHERS.of(reader.locale).to_owned(), others));
        }
        letter.paragraph(text::NEW_TIMES).named_facts(lines).button(text::SEE_INBOX, site.page(INBOX))
    }
}

/// It began, or will.
pub fn begun(site: &Site, reader: Reader<'_>, outage: &Outage<'_>) -> Message {
    let of = outage.of(reader);
    let letter = reader.letter(text::begun(reader.locale, &of)).paragraph(text::begun_body(reader.locale, &of));
    let letter = outage.facts(letter, reader).paragraph(text::CLOCKS);
    let letter = outage.moved(letter, site, reader);
    letter.button(text::SEE_STATUS, site.page(STATUS)).to(site, reader.to)
}

/// It is over.
pub fn ended(site: &Site, reader: Reader<'_>, outage: &Outage<'_>) -> Message {
    let of = outage.of(reader);
    let letter = reader.letter(text::ended(reader.locale, &of)).paragraph(text::ended_body(reader.locale, &of));
    let letter = outage.facts(letter, reader);
    let letter = outage.moved(letter, site, reader);
    letter.button(text::SEE_STATUS, site.page(STATUS)).to(site, reader.to)
}

/// Its times were corrected, and what waits is due at another time.
pub fn corrected(site: &Site, reader: Reader<'_>, outage: &Outage<'_>) -> Message {
    let of = outage.of(reader);
    let letter = reader.letter(text::moved(reader.locale, &of)).paragraph(text::moved_body(reader.locale, &of));
    let letter = outage.facts(letter, reader);
    outage.moved(letter, site, reader).to(site, reader.to)
}
