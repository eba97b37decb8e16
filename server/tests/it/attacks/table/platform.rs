//! Attacks on the machine and the network.

use super::Paragraph;

pub const TABLE: [Paragraph; 1] = [(
    "Platform",
    &[
        ("other files through the samples", "it/documents/samples", "no_other_file_is_read"),
        ("markup in a change of a program", "it/documents/feed", "markup_in_a_change_is_text_in_feed_and_page"),
        ("twelve callers on one page", "it/attacks/connections", "twelve_on_one_consent_page_keep_nobody_waiting"),
        (
            "many who sign in at once",
            "it/attacks/connections",
            "many_who_sign_in_at_once_keep_nobody_waiting_for_a_connection",
        ),
        ("requests that two read differently", "server/src/listen/strict", "what_two_could_read_differently_does_not"),
        (
            "invented addresses of callers",
            "server/src/middleware/address",
            "of_two_headers_that_differ_a_stranger_wrote_one",
        ),
        ("members' data in caches", "it/fhir/http", "what_is_a_members_is_kept_nowhere"),
        (
            "members' pages in caches",
            "it/attacks/looks",
            "every_page_and_answer_of_somebody_in_particular_is_kept_nowhere",
        ),
        ("headers on every answer, HSTS", "it/attacks/platform", "every_answer_is_protected_and_over_https_for_good"),
        ("CSP of pages", "it/portals/pages", "every_public_page_comes_whole_and_protected"),
        (
            "markup in a search of the documentation",
            "it/docs/search",
            "what_is_searched_for_is_text_wherever_it_is_shown",
        ),
        (
            "markup in the calculator of the documentation",
            "it/docs/search",
            "the_calculator_works_without_scripts_and_shows_nothing_but_text",
        ),
        (
            "launch URLs for readers who may not see them",
            "it/docs/launch",
            "launch_urls_are_for_owners_of_approved_organizations",
        ),
        (
            "invented chapters and programs of the documentation",
            "it/docs/pages",
            "an_unknown_program_or_chapter_is_not_found_and_not_repeated",
        ),
        ("a nonce twice", "it/portals/pages", "no_two_pages_share_a_nonce"),
        ("what operators need", "it/attacks/platform", "what_operators_need_is_not_on_the_public_address"),
        ("too many calls of an app", "it/oauth/limits", "an_app_that_calls_too_often_waits_and_no_other"),
        (
            "too many calls of a network",
            "it/portals/network",
            "a_network_that_calls_too_often_is_told_in_the_form_it_reads",
        ),
        ("pages of other sites, at our own pages", "it/oauth/cross_origin", "pages_of_our_own_are_for_no_other_site"),
        (
            "pages of other sites, at what is said to an app",
            "it/oauth/cross_origin",
            "defects_and_answers_that_do_not_come_are_readable_too",
        ),
        (
            "an address made up",
            "server/src/middleware/address",
            "the_caller_is_the_nearest_address_that_is_no_proxy_of_ours",
        ),
        ("the database lost mid-exchange", "it/attacks/platform", "a_database_lost_mid_exchange_leaves_the_code_whole"),
        ("no database", "it/attacks/platform", "without_a_database_everything_says_so_and_nothing_else"),
        ("stopped in the midst", "it/attacks/platform", "what_was_begun_is_answered_before_the_server_stops"),
        (
            "a connection that keeps the server from stopping",
            "it/attacks/platform",
            "connections_that_do_not_end_are_cut_after_the_grace",
        ),
        (
            "the same, by signals",
            "it/operator/signals",
            "sighup_is_ignored_and_sigterm_ends_within_25_seconds_whatever_clients_do",
        ),
        ("a database that only reads", "it/attacks/platform", "whoever_cannot_be_written_to_is_not_ready"),
        (
            "a full disk, a standby behind a connection that lives on",
            "it/attacks/unwritable",
            "where_nothing_can_be_written_every_surface_says_when_to_come_back",
        ),
        (
            "many on one page take every connection",
            "it/attacks/connections",
            "twelve_on_one_consent_page_keep_nobody_waiting",
        ),
        (
            "many who sign in take every connection",
            "it/attacks/connections",
            "many_who_sign_in_at_once_keep_nobody_waiting_for_a_connection",
        ),
        (
            "others on the machine",
            "it/operator/files",
            "everything_is_private_whatever_the_umask_and_whoever_made_the_folder",
        ),
        ("a new key for old secrets", "it/operator/files", "a_key_file_that_is_missing_is_not_made_anew"),
        ("public passwords in public", "it/operator/commands", "the_demonstration_stays_on_this_machine"),
        (
            "tokens and patients in logs",
            "it/attacks/log",
            "from_authorization_to_revocation_no_token_and_no_patient_is_logged",
        ),
        (
            "passwords and people in logs",
            "it/attacks/log",
            "from_sign_up_to_consent_no_password_and_no_person_is_logged",
        ),
        ("codes and addresses in logs", "it/attacks/log", "no_code_number_or_address_is_logged_where_a_hook_fails"),
        ("new secrets in logs", "it/attacks/log", "a_secret_that_was_just_made_is_not_logged"),
        ("secrets in the database", "oauth/pushed", "the_database_knows_neither_the_reference_nor_the_secret"),
        ("second factors in the database", "identity/second_factor", "the_database_alone_tells_no_secret"),
        ("sealed rows moved", "store/src/seal", "what_was_sealed_opens_only_with_the_same_key_and_context"),
        ("a database filled without an account", "it/portals/typed", "anonymous_use_cannot_grow_the_database"),
        ("many forms without a signed-in account", "it/portals/typed", "forms_of_nobody_have_a_low_limit_of_their_own"),
        ("windows that opened ours", "it/portals/access", "only_pages_on_an_apps_way_stay_in_touch_with_their_opener"),
        ("redirects of a payer's provider", "server/src/payers/fetch", "a_redirect_is_an_answer_and_is_not_followed"),
        ("a person behind a small number", "it/docs/quality", "a_figure_of_fewer_than_eleven_cases_is_not_published"),
        (
            "another program's figures, or those that are not public",
            "it/docs/quality",
            "what_the_payer_does_not_publish_is_not_found",
        ),
        (
            "making the probe fail by using up its app's limit",
            "registry/published",
            "the_probe_has_a_client_of_each_sandbox_whose_id_no_one_can_guess",
        ),
        ("a person's reading hidden behind the probe", "it/oauth/probe", "the_access_of_people_counts_as_before"),
    ],
)];
