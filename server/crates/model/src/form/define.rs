//! How a form is declared.

/// Declares a form in one place: the struct that a browser posts, its inputs with labels, hints and what to say where one
/// was left empty, and the types of their values.
///
/// ```
/// use model::{email::Email, form, form::{Code, input::Input}, text::Name};
///
/// pub struct NewContact { pub name: Name, pub email: Email }
///
/// form! {
///     /// `/contact`.
///     pub struct ContactForm("contact") => NewContact {
///         name: String => Name = Input::text(["Your name", "Su nombre"], ["Enter your name.", "Escriba su nombre."]);
///         email: String => Email = Input::email("Email", "Enter an email address.").hint("We answer to this address.");
///         /// The page to go to afterwards.
///         next: String = Input::hidden();
///     }
/// }
///
/// let typed = ContactForm { name: "Ada".to_owned(), ..ContactForm::default() };
/// let Err(errors) = typed.parse() else { panic!("there is no email address") };
/// assert_eq!((errors.len(), errors[0].code), (1, Code::Required));
/// ```
///
/// `("contact")` is [`Form::NAME`](crate::form::Form::NAME). With `=> NewContact` the form has `parse`. It reads every field
/// with a type after `=>` into the field of that name, or returns all errors. A field that must never be kept, such as a
/// password, is `#[serde(skip_serializing)]`.
#[macro_export]
macro_rules! form {
    (
        $(#[$meta:meta])*
        $vis:vis struct $form:ident ($form_name:literal) $(=> $whole:ident)? {
            $($(#[$field_meta:meta])* $field:ident : $typed:ty $(=> $read:ty)? = $input:expr;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(default)]
        $vis struct $form {
            $($(#[$field_meta])* pub $field: $typed,)*
        }

        impl $crate::form::Form for $form {
            const NAME: &'static str = $form_name;

            fn inputs() -> Vec<$crate::form::input::Input> {
                vec![$($input.named(stringify!($field)),)*]
            }
        }

        $crate::form!(@parse $form $($whole)? { $($field $($read)?;)* });
    };
    (@parse $form:ident { $($rest:tt)* }) => {};
    (@parse $form:ident $whole:ident { $($field:ident $($read:ty)?;)* }) => {
        impl $form {
            /// What was typed, read, or the error of every field that has one.
            pub fn parse(&self) -> Result<$whole, Vec<$crate::form::FieldError>> {
                let mut errors = $crate::form::Errors::default();
                $($(let $field = errors.read::<$read>(stringify!($field), &self.$field);)?)*
                let whole = || Some($whole { $($($field: $crate::form::read::<$read>($field)?,)?)* });
                let whole = whole();
                errors.finish(whole)
            }
        }
    };
}
