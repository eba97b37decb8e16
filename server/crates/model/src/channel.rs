//! How a code reaches a member.

words! {
    /// Where the payer's data has an address of theirs.
    Channel {
        Email = "email",
        Phone = "phone",
        Letter = "letter",
    }
}
