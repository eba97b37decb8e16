//! The chapter with the data dictionary. What the elements mean is beside their list.

use model::texts;

texts! {
    INTRO =
        "The elements that the profiles of this program require, or that must be supported. A resource may have more elements of FHIR R4. \
         Facts come from the guides, and the meanings are our own words.";
    MUST_SUPPORT =
        "Must support means that we fill the element in where the payer knows it, and that your app must be able to read it. It may be \
         missing in a resource.";
    /// The brackets are code.
    PATHS =
        "Paths start below the resource. A colon names a slice: one kind of entry of a list, such as [identifier:memberid]. [0..1] means at \
         most one, [1..1] exactly one, and [*] any number.";
    version(version) = "version {version}";
    elements_of(profile) = "Elements of {profile}";
    ELEMENT = "Element";
    CARDINALITY = "How many";
    SUPPORTED = "must support";
    TYPE = "Type";
    MEANING = "Meaning";
}
