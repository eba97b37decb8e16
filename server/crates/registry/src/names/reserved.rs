//! Names that members know as their plan's: of programs, payers, the operator and this product. The name of an app or a
//! vendor may not contain one of them, nor anything that looks like one.

use programs::Programs;

use super::tokens::Tokens;

/// Of the product.
const PRODUCT: [&str; 3] = ["FHIR Layer EXchange", "FLEX", "Healthcare ID"];

/// What plans have in common at the end of their names. What comes before it is what people call them.
const COMMON: [&str; 16] = [
    "health",
    "welfare",
    "trust",
    "care",
    "plan",
    "plans",
    "fund",
    "benefit",
    "benefits",
    "insurance",
    "company",
    "inc",
    "llc",
    "corp",
    "corporation",
    "and",
];

/// Shorter names are found only as whole words: `FLEX` is not in `Flexible`.
const LONG: usize = 5;

/// How much of a word at the edge of a match must belong to it: the `id` of `Ideas` does not match `ID`.
const LEAST_PIECE: usize = 3;

/// All that is reserved in this deployment.
#[derive(Debug)]
pub struct Reserved(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    name: String,
    tokens: Tokens,
    joined: String,
}

impl Reserved {
    /// From the program files, because the code does not name plans.
    pub fn of(programs: &Programs) -> Self {
        let mut names: Vec<String> = PRODUCT.map(str::to_owned).to_vec();
        for program in programs.iter() {
            names.push(program.name.clone());
            names.extend(program.registration.reserved_names.iter().cloned());
            names.extend(program.payers.iter().flat_map(|payer| spoken(&payer.name)));
        }
        let mut entries: Vec<Entry> = Vec::new();
        for name in names {
            let tokens = Tokens::of(&name);
            let joined = tokens.joined();
            if !entries.iter().any(|entry| entry.tokens == tokens) && !joined.is_empty() {
                entries.push(Entry { name, tokens, joined });
            }
        }
        Self(entries)
    }

    /// Whether the name contains a reserved one, or something that looks like one.
    pub fn covers(&self, name: &str) -> bool {
        Tokens::readings(name).iter().any(|tokens| self.0.iter().any(|entry| entry.is_in(tokens)))
    }

    /// The reserved name that this one nearly contains: a letter differs, is missing, is too many, or two changed places.
    pub fn near(&self, name: &str) -> Option<&str> {
        let readings = Tokens::readings(name);
        let near = |entry: &&Entry| readings.iter().any(|tokens| entry.is_near(tokens));
        self.0.iter().find(near).map(|entry| entry.name.as_str())
    }
}

impl Entry {
    fn is_in(&self, name: &Tokens) -> bool {
        self.is_spelled_in(name) || self.is_reordered_in(name)
    }

    /// Letter by letter, whatever is between the letters.
    fn is_spelled_in(&self, name: &Tokens) -> bool {
        let text = name.joined();
        let edges = edges(name);
        text.match_indices(self.joined.as_str()).any(|(start, found)| {
            let end = start + found.len();
            let whole = edges.contains(&start) && edges.contains(&end);
            if whole || found.len() < LONG {
                return whole;
            }
            // Within one word, or with no less than a piece of the words at its edges.
            let inner: Vec<usize> = edges.iter().copied().filter(|edge| start < *edge && *edge < end).collect();
            let (Some(first), Some(last)) = (inner.first(), inner.last()) else { return true };
            (edges.contains(&start) || LEAST_PIECE <= first - start)
                && (edges.contains(&end) || LEAST_PIECE <= end - last)
        })
    }

    /// Its words in another order, little words or not: `California University`.
    fn is_reordered_in(&self, name: &Tokens) -> bool {
        let mut own = self.tokens.significant();
        if own.len() < 2 {
            return false;
        }
        own.sort_unstable();
        name.significant().windows(own.len()).any(|window| {
            let mut window = window.to_vec();
            window.sort_unstable();
            window == own
        })
    }

    fn is_near(&self, name: &Tokens) -> bool {
        let most = match self.joined.len() {
            0..LONG => return false,
            LONG..15 => 1,
            _ => 2,
        };
        let runs = (0..name.0.len()).flat_map(|from| (from + 1..=name.0.len()).map(move |to| (from, to)));
        runs.map(|(from, to)| name.0[from..to].concat())
            .filter(|run| run.len().abs_diff(self.joined.len()) <= most)
            .any(|run| strsim::osa_distance(&run, &self.joined) <= most)
    }
}

/// Where words begin and end in the joined text.
fn edges(tokens: &Tokens) -> Vec<usize> {
    let mut at = 0;
    let ends = tokens.0.iter().map(|token| {
        at += token.len();
        at
    });
    std::iter::once(0).chain(ends).collect()
}

/// A payer's name, and what people say instead: either side of "DBA", and without what all plans have in common.
fn spoken(name: &str) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    for part in name.split(" DBA ").flat_map(|part| part.split(" d/b/a ")) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let common = |word: &&&str| {
            let word = word.to_lowercase();
            let word = word.trim_matches(|char: char| !char.is_alphanumeric());
            word.is_empty() || COMMON.contains(&word)
        };
        let short = &words[..words.len() - words.iter().rev().take_while(common).count()];
        names.push(part.to_owned());
        // A single word may be a common one, such as a place or a saint.
        if 1 < short.len() {
            names.push(short.join(" "));
        }
        names.extend(initials(&words));
    }
    names
}

/// `VCHCP`, if it has enough letters not to look like a word.
fn initials(words: &[&str]) -> Option<String> {
    let letters: String =
        words.iter().filter_map(|word| word.chars().next()).filter(|char| char.is_uppercase()).collect();
    (LONG <= letters.chars().count()).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reserved() -> Reserved {
        Reserved::of(&Programs::embedded().unwrap())
    }

    #[test]
    fn names_that_members_take_for_the_plans_are_reserved() {
        let reserved = reserved();
        for name in [
            "Optum",
            "OPTUM",
            "Optum Idaho",
            "My Optum Claims",
            "MyOptumClaims",
            "myoptumclaims",
            "Idaho Optum",
            "Optum Physical Health CA",
            "Op tum",
            "O.p.t.u.m",
            "O-P-T-U-M Health",
            "0ptum",
            "0p7um Health",
            "Opturn",
            "Optüm",
            "Оptum",
            "Ορtum",
            "ΟΡΤUΜ",
            "Ｏｐｔｕｍ",
            "𝐎𝐩𝐭𝐮𝐦",
            "Ⓞⓟⓣⓤⓜ",
            "ᴏᴘᴛᴜᴍ",
            "🅾🅿🆃🆄🅼",
            "🇴🇵🇹🇺🇲",
            "O🙂ptum",
            "Ꭺpp by Optum",
            "Optum®",
            "Op\u{74}um+",
            "Optvm",
            "FLEX",
            "Flex Portal",
            "FlexPortal",
            "F.L.E.X.",
            "FL3X",
            "fLeX",
            "FLEX2Go",
            "FHIR Layer Exchange",
            "FHIR-Layer-Exchange Viewer",
            "Healthcare ID",
            "HealthcareID",
            "Health Care I.D.",
            "One Healthcare ID",
            "Healthcare-1D",
            "He@lthcare ID",
            "Healthcare ID!",
            "Optum!",
            "!Optum!",
            "0p+um!",
            "(Op†um)",
            "$Optum$",
            "F!EX!",
            "!F|EX",
            "F/EX",
            "[FLEX]",
            "!BEW!",
            "|BEW Local !8!",
            "U(!",
            "He@!thcare |D!",
            "Healthcare ID™",
            "Un!versity of Ca!ifornia!",
            "University of California",
            "University of California Health Viewer",
            "California University Records",
            "University California",
            "UnlversIty of Ca1ifornia",
            "IBEW Local 18",
            "IBEW Local I8",
            "IBEW-Local-18 Claims",
            "ibewlocal18",
            "Local 18 IBEW",
            "IBEW",
            "IBEW/NECA Sound & Communications",
            "County of Ventura",
            "Ventura County",
            "Ventura County Health Care Plan",
            "Ventura-County Healthcare Plan",
            "VCHCP",
            "My VCHCP",
        ] {
            assert!(reserved.covers(name), "{name}");
        }
    }

    #[test]
    fn names_of_their_own_are_not() {
        let reserved = reserved();
        for name in [
            "Care Costs",
            "Health Sync",
            "Optimum Health",
            "Opt Umbrella",
            "Cop Tumble",
            "Laptop Tummy",
            "Flexible Spending",
            "Reflex",
            "Flexcare",
            "Healthcare Ideas",
            "My Health",
            "California Care Finder",
            "California State University Health",
            "Idaho Health Finder",
            "Lindqvist Health Apps",
            "Sound Health",
            "Local Doctors",
            "Care+ (Beta)",
            "Health! Now!",
            "$ave on Meds",
            "C# Clinic (Boise)",
            "AT&T Wellness",
            "Vitamin C | D",
            "Kids' Care!",
            "24/7 Nurse",
            "[Draft] Claims @ Home",
            "Menu (C)",
            "Flu+ Extra",
            "Fl(oo)r Exercise!",
            "Rx€",
            "Union Health",
            "山田医院",
            "Здоровье",
        ] {
            assert!(!reserved.covers(name), "{name}");
        }
    }

    #[test]
    fn a_near_miss_is_told() {
        let reserved = reserved();
        for (name, near) in [
            ("Optun Health", Some("Optum")),
            ("Opptum", Some("Optum")),
            ("Otpum", Some("Optum")),
            ("Univercity of California", Some("University of California")),
            ("Op+un!", Some("Optum")),
            ("Care Costs", None),
        ] {
            assert_eq!(reserved.near(name), near, "{name}");
        }
    }
}
