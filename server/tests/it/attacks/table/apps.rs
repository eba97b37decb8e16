//! Attacks by an app, or in its name.

use super::Paragraph;

pub const TABLE: [Paragraph; 6] = [
    (
        "Authorization request",
        &[
            (
                "a visitor of the documentation answers for the person who is signed in",
                "it/docs/try_it",
                "a_visitor_has_nothing_to_do_with_the_person_who_is_signed_in",
            ),
            (
                "a stranger's answer at the documentation's own page",
                "it/docs/try_it",
                "an_answer_that_this_page_did_not_ask_for_is_not_taken",
            ),
            ("the documentation's page as an open redirector", "it/docs/try_it", "no_one_is_sent_elsewhere_afterwards"),
            (
                "a visitor's ticket used twice or by another app",
                "identity/guests",
                "a_ticket_admits_once_and_to_its_app_alone",
            ),
            (
                "a visitor who never leaves",
                "identity/guests",
                "nothing_stays_of_a_guest_who_left_or_whose_time_is_over",
            ),
            (
                "a request of the page that leaves the base",
                "app/src/docs/try_it/request",
                "nothing_typed_leads_out_of_the_base",
            ),
            (
                "a hostile value in the code that a reader copies",
                "app/src/docs/try_it/elsewhere",
                "what_someone_typed_stays_within_its_quotes",
            ),
            (
                "unknown client, missing or repeated redirect URI",
                "oauth/authorize",
                "until_client_and_redirect_uri_are_good_every_mistake_is_a_page",
            ),
            (
                "the page repeats nothing unescaped",
                "it/oauth/authorize",
                "a_mistake_before_the_address_is_known_is_a_page_that_repeats_nothing",
            ),
            (
                "a redirect URI that only looks like the registered one",
                "it/attacks/authorization",
                "an_address_that_only_looks_like_the_registered_one_is_a_page",
            ),
            (
                "schemes that no app owns, at registration",
                "model/src/redirect_uri",
                "schemes_that_no_app_owns_are_refused",
            ),
            (
                "custom schemes that are not a domain",
                "model/src/redirect_uri",
                "custom_schemes_are_domain_names_turned_around",
            ),
            (
                "hosts, fragments, dot segments, encodings, at registration",
                "model/src/redirect_uri",
                "web_addresses_are_taken_or_refused",
            ),
            ("loopback addresses", "model/src/redirect_uri", "only_the_port_of_a_loopback_address_may_vary"),
            ("loopback in production", "model/src/redirect_uri", "this_machine_is_for_the_sandbox"),
            ("any parameter twice", "it/attacks/authorization", "every_parameter_that_comes_twice_stops_the_request"),
            (
                "other mistakes go back to the app alone",
                "oauth/authorize",
                "everything_else_goes_back_to_the_app_with_its_state",
            ),
            (
                "307 would repeat a posted form",
                "it/oauth/authorize",
                "other_mistakes_go_back_with_303_by_query_and_by_form",
            ),
            (
                "response types other than code, tampered on resume",
                "it/attacks/authorization",
                "no_response_type_but_code_yields_anything_even_when_changed_on_the_way",
            ),
            (
                "state of any content",
                "it/attacks/authorization",
                "state_comes_back_once_and_never_becomes_anything_else",
            ),
            (
                "an error redirect as a way to a page of theirs",
                "oauth/authorize",
                "errors_of_an_app_are_shown_first_where_an_administrator_says_so",
            ),
            ("tokens from before a block", "oauth/bearer", "tokens_from_before_a_block_are_as_it_says"),
            ("state appended to a URI with a query", "oauth/src/redirect", "parameters_are_appended_and_encoded"),
            (
                "scopes not listed, wildcards, patient scopes of a public-only app",
                "oauth/authorize",
                "a_scope_is_asked_for_exactly_as_the_program_lists_it",
            ),
            ("pending, denied and blocked apps", "oauth/authorize", "an_app_that_may_not_ask_stops_before_sign_in"),
            (
                "suspended app or vendor, at every endpoint",
                "it/attacks/matrix/oauth",
                "a_suspended_app_or_vendor_gets_nothing_from_any_endpoint",
            ),
            (
                "another program's or environment's client",
                "oauth/authorize",
                "an_app_is_unknown_to_other_programs_and_environments",
            ),
            ("the same at every authorize route", "it/attacks/matrix/oauth", "an_app_asks_only_at_its_own_servers"),
            (
                "a payer of another program in the launch URL",
                "oauth/authorize",
                "a_launch_url_names_a_payer_of_the_program",
            ),
            (
                "request and request_uri cause a call",
                "it/attacks/authorization",
                "an_address_in_the_request_is_never_called",
            ),
            ("a pushed reference in two browsers", "oauth/pushed", "a_reference_is_one_browsers_however_many_bring_it"),
            (
                "a pushed reference of another client or server",
                "oauth/pushed",
                "a_reference_is_good_for_its_own_client_and_server_and_ninety_seconds",
            ),
            (
                "HEAD, and a GET that is sent twice",
                "it/attacks/looks",
                "a_pushed_request_is_left_alone_by_head_and_comes_twice_in_one_browser",
            ),
            (
                "unknown scopes, in any letters",
                "oauth/scopes",
                "each_scope_that_is_not_known_is_named_with_those_that_are",
            ),
            ("a bad push is not a redirect", "it/oauth/par", "a_bad_push_is_json_and_no_redirect"),
            ("next and return parameters", "it/attacks/authorization", "no_next_of_any_page_leads_away"),
            ("next after signing in", "it/portals/access", "signing_in_never_leads_out_of_the_site"),
            ("next after the second factor", "it/portals/second_factor", "the_code_never_leads_out_of_the_site"),
            ("next after a payer's sign-in", "it/portals/payers/portal", "next_never_leads_elsewhere"),
            ("what a path of this site is", "app/src/web/request", "only_paths_of_this_site_are_returned_to"),
        ],
    ),
    (
        "PKCE",
        &[
            ("missing for a public client", "oauth/authorize", "a_public_client_must_send_a_challenge"),
            ("plain, length, alphabet", "oauth/src/pkce", "only_s256_is_taken"),
            ("a wrong verifier", "oauth/src/pkce", "only_the_verifier_itself_is_accepted"),
            (
                "verifier for secret, secret for verifier, no challenge",
                "oauth/codes",
                "a_verifier_never_replaces_a_secret_nor_comes_without_its_challenge",
            ),
            (
                "a public client with its verifier alone",
                "oauth/codes",
                "a_public_client_exchanges_with_its_verifier_alone",
            ),
        ],
    ),
    (
        "Code",
        &[
            (
                "replay kills the first exchange's tokens",
                "oauth/codes",
                "a_replay_ends_the_tokens_of_the_first_exchange_however_late",
            ),
            ("20 at once", "oauth/codes", "of_twenty_exchanges_at_once_one_wins_and_the_code_is_burnt"),
            (
                "20 at once over the network",
                "it/attacks/race",
                "of_twenty_exchanges_over_the_network_one_wins_and_the_code_is_burnt",
            ),
            ("expired", "oauth/codes", "a_code_is_good_for_a_minute"),
            (
                "foreign, other program's, other redirect URI",
                "oauth/codes",
                "a_wrong_exchange_is_refused_and_leaves_the_code_to_its_owner",
            ),
            ("app or member disabled in between", "oauth/consent", "an_app_blocked_meanwhile_gets_nothing"),
            ("a code bound to a key", "oauth/dpop", "a_code_asked_for_with_dpop_jkt_is_for_that_key_alone"),
            ("a wrong proof harms nothing", "oauth/dpop", "a_wrong_proof_leaves_the_code_to_its_owner"),
        ],
    ),
    (
        "Client authentication",
        &[
            ("two methods at once", "it/attacks/client", "two_proofs_at_once_are_an_error_even_if_both_are_good"),
            ("malformed Basic", "it/attacks/client", "a_malformed_authorization_header_is_a_failed_authentication"),
            ("how credentials come", "oauth/src/client_auth/tests", "credentials_come_one_way_at_a_time"),
            (
                "wrong assertions: alg, kid, times, audience, subject",
                "oauth/assertions",
                "whatever_is_wrong_with_an_assertion_is_told_the_same",
            ),
            (
                "a key that is not a point of its curve",
                "registry/client_keys",
                "a_key_that_is_no_point_of_its_curve_is_refused",
            ),
            (
                "the same, registered before",
                "it/oauth/assertion",
                "a_key_that_is_no_point_of_its_curve_fails_calmly_and_leaves_a_trace",
            ),
            (
                "the same, published beside a good one",
                "oauth/assertions",
                "a_published_key_that_cannot_be_used_spoils_no_other",
            ),
            ("a replayed jti, at once", "oauth/assertions", "an_assertion_is_taken_once_however_many_send_it"),
            (
                "an assertion meant for elsewhere",
                "oauth/assertions",
                "it_is_meant_for_the_token_endpoint_the_issuer_or_the_endpoint_called_and_for_nobody_else",
            ),
            (
                "a wrong assertion reads like a wrong secret",
                "it/oauth/assertion",
                "a_replayed_or_wrong_assertion_reads_like_a_wrong_secret",
            ),
            (
                "unknown client and wrong secret: body",
                "oauth/clients",
                "an_unknown_client_and_a_wrong_secret_are_told_the_same",
            ),
            (
                "unknown client and wrong secret: time",
                "it/attacks/client",
                "an_unknown_client_takes_as_long_to_refuse_as_a_wrong_secret",
            ),
            (
                "no proof, at every endpoint of every server",
                "it/attacks/matrix/oauth",
                "a_client_that_does_not_prove_to_be_one_of_this_server_is_refused_everywhere",
            ),
            ("every endpoint is in the matrix", "it/attacks/matrix/oauth", "every_endpoint_is_in_the_matrix"),
            (
                "keys of another program's app",
                "oauth/assertions",
                "an_app_is_known_by_its_keys_in_its_own_program_and_environment_alone",
            ),
            (
                "JWKS by URL: not public",
                "server/src/oauth/public_address",
                "only_addresses_of_the_public_internet_are_called",
            ),
            (
                "JWKS by URL: rebinding",
                "server/src/oauth/public_address",
                "a_name_with_one_address_that_is_not_public_is_refused",
            ),
            (
                "JWKS by URL: loopback in every spelling",
                "server/src/oauth/client_keys",
                "an_address_of_this_machine_is_refused_without_a_connection",
            ),
            (
                "JWKS by URL: redirect, huge, slow",
                "server/src/oauth/client_keys",
                "redirects_and_huge_and_slow_answers_are_refused",
            ),
            (
                "a notice address that is not public",
                "registry/src/notice_address",
                "only_a_public_https_address_without_a_fragment_is_taken",
            ),
            (
                "the same in the form",
                "it/portals/notices",
                "an_address_that_is_not_public_or_not_https_is_refused_at_its_field",
            ),
            (
                "a notice to this machine",
                "server/src/oauth/notices",
                "an_address_of_this_machine_gets_no_notice_and_no_connection",
            ),
            ("a notice redirected", "server/src/oauth/notices", "only_202_counts_and_no_redirect_is_followed"),
            ("many test events", "it/portals/notices", "many_tests_of_an_address_have_to_wait"),
            (
                "a member's data in a notice",
                "oauth/app_notices",
                "a_narrower_consent_a_renewal_and_the_end_reach_the_app_and_say_nothing_of_the_member",
            ),
            (
                "JWKS by URL: asked for too often",
                "oauth/assertions",
                "nobody_is_asked_for_an_assertion_that_cannot_be_right",
            ),
            (
                "private and symmetric keys registered",
                "model/src/jwk/tests",
                "public_signing_keys_are_taken_and_others_refused_with_the_reason",
            ),
            (
                "no client uses up another's calls",
                "it/oauth/limits",
                "nobody_uses_up_the_calls_of_an_app_without_its_secret",
            ),
        ],
    ),
    (
        "Refresh",
        &[
            (
                "another client, no authentication, access token, wider scope",
                "oauth/refresh",
                "a_refresh_never_gives_more_or_to_another",
            ),
            ("revoked, expired, blocked", "oauth/refresh", "an_app_can_tell_why_a_refresh_is_refused"),
            ("20 at once", "it/attacks/race", "twenty_refreshes_over_the_network_all_succeed"),
            (
                "20 at once where they rotate",
                "it/attacks/race",
                "where_refresh_tokens_rotate_twenty_at_once_log_nobody_out",
            ),
            (
                "a copy where they rotate",
                "oauth/refresh",
                "where_refresh_tokens_rotate_a_copy_ends_the_family_but_a_lost_answer_does_not",
            ),
            ("a stolen one without its key", "oauth/dpop", "a_public_clients_refresh_token_needs_its_key"),
        ],
    ),
    (
        "Introspection, revocation, discovery",
        &[
            ("a foreign token is inactive", "oauth/clients", "only_its_own_client_learns_what_a_token_is_worth"),
            ("a foreign token stays alive", "oauth/clients", "an_access_token_given_back_leaves_the_rest"),
            (
                "a refresh token given back",
                "oauth/clients",
                "a_refresh_token_given_back_takes_its_access_tokens_with_it",
            ),
            ("unknown tokens", "it/oauth/token", "introspection_and_revocation_answer_as_their_rfcs_say"),
            (
                "hostile Host and X-Forwarded-* in discovery",
                "it/oauth/discovery",
                "discovery_says_the_same_at_every_address_and_only_from_configuration",
            ),
            (
                "hostile Host and Forwarded in the issuer",
                "it/oauth/authorize",
                "the_issuer_is_the_configured_base_whatever_the_host_header_says",
            ),
            ("private members in the JWKS", "it/oauth/discovery", "keys_are_public"),
            (
                "private keys in the database",
                "oauth/keys",
                "private_keys_are_neither_published_nor_readable_without_the_key_file",
            ),
            (
                "an old kid until its tokens expire",
                "oauth/keys",
                "a_new_key_is_published_before_it_signs_and_the_old_one_verifies_until_its_tokens_have_expired",
            ),
            (
                "the published client, returning elsewhere",
                "it/documents/published",
                "it_returns_to_the_machine_of_its_user_alone_and_needs_pkce",
            ),
            (
                "the published client in production",
                "it/documents/published",
                "it_is_unknown_in_production_and_in_other_programs",
            ),
            ("the published client and vendors", "registry/published", "no_vendor_reaches_a_published_client"),
            (
                "userinfo of another server",
                "it/attacks/matrix/oauth",
                "userinfo_takes_only_a_token_with_openid_of_this_server",
            ),
        ],
    ),
];
