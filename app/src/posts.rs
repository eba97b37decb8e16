//! Where some of our forms are posted: for the server's own probe, which fills them in as a browser would.

use leptos::server_fn::ServerFn;

use crate::{
    account::sign_in::SignIn,
    consent::{decide::Decide, test_member::ChooseTestMember},
};

pub const SIGN_IN: &str = SignIn::PATH;
pub const CHOOSE_TEST_MEMBER: &str = ChooseTestMember::PATH;
pub const DECIDE: &str = Decide::PATH;
