//! `/accessibility`

use model::texts;

texts! {
    TITLE = "Accessibility";
    /// For search engines.
    ABOUT = "How FLEX works with assistive technology, and whom to tell when something does not work.";
    INTRO = "Everyone should be able to use this site. We build it to meet WCAG 2.2, level AA, and Section 508.";
    KEYBOARD = "Every page works with a keyboard alone, and without JavaScript.";
    ZOOM = "You can enlarge text to 400 percent. Pages reflow down to a width of 320 pixels.";
    COLORS =
        "Colors keep their contrast in light and dark mode. The mode follows your device. We never use color alone to convey \
         meaning.";
    ERRORS = "Forms list their errors at the top, with a link to each field.";
    LANGUAGES = "The member portal and the consent page are in English and Spanish.";
    TELL_US = "Tell us";
    HOW_TO_TELL =
        "If something does not work for you, tell the support team of your program which page it was and what happened. We will \
         answer, and we will fix it.";
}
