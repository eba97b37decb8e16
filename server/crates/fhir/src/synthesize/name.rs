//! Fictitious people: common names in random combinations.

use super::random::Random;

#[rustfmt::skip]
const FAMILIES: &[&str] = &[
    "Adams", "Aguilar", "Alexander", "Allen", "Alvarez", "Anderson", "Bailey", "Baker", "Barnes", "Bell", "Bennett",
    "Brooks", "Brown", "Bryant", "Butler", "Campbell", "Carter", "Castillo", "Castro", "Chavez", "Chen", "Clark",
    "Cole", "Coleman", "Collins", "Cook", "Cooper", "Cox", "Cruz", "Davis", "Delgado", "Diaz", "Dixon", "Edwards",
    "Ellis", "Evans", "Fisher", "Flores", "Ford", "Foster", "Freeman", "Garcia", "Garza", "Gibson", "Gomez",
    "Gonzales", "Graham", "Grant", "Gray", "Green", "Griffin", "Gupta", "Guzman", "Hall", "Hamilton", "Harris",
    "Harrison", "Hayes", "Henderson", "Henry", "Hernandez", "Hill", "Howard", "Huang", "Hughes", "Hunter", "Jackson",
    "James", "Jenkins", "Jensen", "Jimenez", "Johnson", "Jones", "Jordan", "Kaur", "Kelly", "Kennedy", "Khan", "Kim",
    "King", "Kumar", "Larsen", "Lee", "Lewis", "Li", "Lin", "Liu", "Long", "Lopez", "Marshall", "Martin", "Martinez",
    "Mason", "McDonald", "Medina", "Mendoza", "Miller", "Mitchell", "Moore", "Morales", "Moreno", "Morgan", "Morris",
    "Murphy", "Murray", "Myers", "Nelson", "Nguyen", "Núñez", "O'Brien", "Olson", "Ortiz", "Owens", "Park", "Parker",
    "Patel", "Patterson", "Perez", "Perry", "Peterson", "Pham", "Phillips", "Powell", "Price", "Ramirez", "Ramos",
    "Reed", "Reyes", "Reynolds", "Richardson", "Rivera", "Roberts", "Robinson", "Rodriguez", "Rogers", "Romero",
    "Ross", "Ruiz", "Russell", "Sanchez", "Sanders", "Scott", "Shah", "Shaw", "Simmons", "Singh", "Smith", "Soto",
    "Stevens", "Stewart", "Sullivan", "Tanaka", "Taylor", "Thomas", "Thompson", "Torres", "Tran", "Turner", "Vargas",
    "Vasquez", "Walker", "Wallace", "Wang", "Ward", "Washington", "Watson", "Webb", "West", "White", "Williams",
    "Wilson", "Wong", "Wood", "Wright", "Wu", "Yang", "Young", "Zhang",
];

#[rustfmt::skip]
const FEMALE: &[&str] = &[
    "Abigail", "Aisha", "Alice", "Amanda", "Amy", "Ana", "Andrea", "Angela", "Anna", "Barbara", "Carmen", "Carol",
    "Catherine", "Chloe", "Christine", "Claire", "Daniela", "Deborah", "Diana", "Elena", "Elizabeth", "Emily", "Emma",
    "Erin", "Eva", "Gabriela", "Grace", "Hannah", "Heather", "Helen", "Isabella", "Jasmine", "Jennifer", "Jessica",
    "Joan", "Julia", "Karen", "Kelly", "Laura", "Leah", "Lily", "Linda", "Lisa", "Lucia", "Margaret", "Maria", "Mary",
    "Megan", "Melissa", "Mia", "Michelle", "Nancy", "Natalie", "Nicole", "Olivia", "Pamela", "Patricia", "Priya",
    "Rachel", "Rebecca", "Renée", "Rosa", "Ruth", "Samantha", "Sandra", "Sara", "Sofia", "Stephanie", "Susan",
    "Teresa", "Valerie", "Victoria", "Wendy", "Zoe",
];

#[rustfmt::skip]
const MALE: &[&str] = &[
    "Aaron", "Adam", "Alan", "Albert", "Alejandro", "Andrew", "Anthony", "Arthur", "Benjamin", "Brian", "Carlos",
    "Charles", "Christopher", "Daniel", "David", "Dennis", "Diego", "Donald", "Edward", "Eric", "Ethan", "Eugene",
    "Frank", "Gary", "George", "Gregory", "Harold", "Henry", "Ivan", "Jack", "Jacob", "James", "Jason", "Javier",
    "Jeffrey", "Jesús", "John", "Jonathan", "Jorge", "José", "Joseph", "Joshua", "Juan", "Keith", "Kenneth", "Kevin",
    "Kyle", "Larry", "Lawrence", "Liam", "Logan", "Lucas", "Luis", "Mark", "Matthew", "Michael", "Miguel", "Nathan",
    "Nicholas", "Noah", "Oscar", "Patrick", "Paul", "Peter", "Philip", "Rafael", "Raj", "Raymond", "Richard",
    "Robert", "Ronald", "Ryan", "Samuel", "Scott", "Sean", "Stephen", "Steven", "Thomas", "Timothy", "Tyler",
    "Victor", "Walter", "William", "Zachary",
];

/// FHIR's `administrative-gender`; the birth certificates here use two of its codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Female,
    Male,
}

impl Gender {
    pub fn draw(random: &mut Random) -> Self {
        if random.percent(51) { Self::Female } else { Self::Male }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

/// A family name.
pub fn family(random: &mut Random) -> &'static str {
    random.pick::<&str>(FAMILIES)
}

/// A given name and a middle name.
pub fn given(gender: Gender, random: &mut Random) -> [&'static str; 2] {
    let names = match gender {
        Gender::Female => FEMALE,
        Gender::Male => MALE,
    };
    [random.pick::<&str>(names), random.pick::<&str>(names)]
}
