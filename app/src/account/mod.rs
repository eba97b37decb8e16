//! The Healthcare ID: getting one, signing in, getting it back, managing it. In English and Spanish, because members
//! use these pages too.

pub mod check_mail;
pub mod confirm_email;
pub mod email;
pub mod forgot_id;
pub mod forgot_password;
pub mod frame;
pub mod language;
pub mod manage;
pub mod name;
pub mod password;
pub mod refusal;
pub mod reset_password;
pub mod second_factor;
pub mod sessions;
pub mod sign_in;
pub mod sign_in_code;
pub mod sign_out;
pub mod sign_up;
pub mod verify;
pub mod way;

use self::frame::framed;
use crate::routes::{Route, route};

pub fn routes() -> Vec<Route> {
    vec![
        route("/signin", sign_in::page),
        route(sign_in_code::PATH, sign_in_code::of_app),
        route(sign_in_code::PASSKEY_PATH, sign_in_code::of_passkey),
        route(sign_in_code::RECOVERY_PATH, sign_in_code::of_paper),
        route("/signup", sign_up::page),
        framed("/account", manage::page),
        route("/account/check-mail", check_mail::page),
        route("/account/verify", verify::page),
        route("/account/confirm-email", confirm_email::page),
        route("/account/forgot-id", forgot_id::page),
        route("/account/forgot-password", forgot_password::page),
        route("/account/reset-password", reset_password::page),
        framed(second_factor::PATH, second_factor::overview::page),
        framed(second_factor::setup::PATH, second_factor::setup::page),
        framed(second_factor::replace::PATH, second_factor::replace::page),
        framed(second_factor::new_passkey::PATH, second_factor::new_passkey::page),
        framed(second_factor::add_passkey::PATH, second_factor::add_passkey::page),
        framed(second_factor::rename_passkey::PATH, second_factor::rename_passkey::page),
        framed(second_factor::remove_passkey::PATH, second_factor::remove_passkey::page),
        framed(second_factor::remove_app::PATH, second_factor::remove_app::page),
        framed(second_factor::remove::PATH, second_factor::remove::page),
        framed(second_factor::recovery_codes::PATH, second_factor::recovery_codes::page),
        framed(second_factor::recovery_codes::NEW_PATH, second_factor::recovery_codes::ask),
    ]
}
