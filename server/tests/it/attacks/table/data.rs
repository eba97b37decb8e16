//! Attempts to get at members' data.

use super::Paragraph;

pub const TABLE: [Paragraph; 3] = [
    (
        "Bearer",
        &[
            (
                "query, form, cookie, two headers, letter case",
                "it/attacks/bearer",
                "a_token_counts_in_the_one_authorization_header_alone",
            ),
            (
                "jku, x5u, jwk, crit, nested, kid with path and SQL, HMAC, none",
                "it/attacks/bearer",
                "whatever_is_no_token_of_ours_is_401_at_every_place_that_takes_tokens",
            ),
            ("iss, aud, typ, exp, nbf, jti", "oauth/bearer", "a_forged_token_is_refused"),
            ("only our own header", "oauth/src/keys/jwt", "only_our_own_kind_of_header_is_taken"),
            (
                "expired though verified before",
                "oauth/bearer",
                "a_token_expires_after_five_minutes_though_it_was_verified_before",
            ),
            (
                "revoking bites at the next call",
                "oauth/bearer",
                "revoking_bites_at_the_next_call_and_spares_other_members",
            ),
            (
                "blocking bites at the next call",
                "oauth/bearer",
                "blocking_the_app_or_its_organization_bites_at_the_next_call",
            ),
            (
                "another program's or environment's token",
                "oauth/bearer",
                "a_token_of_one_program_or_environment_means_nothing_in_another",
            ),
            (
                "the challenge says what is wrong",
                "it/oauth/bearer",
                "what_is_wrong_with_a_token_stands_in_the_challenge",
            ),
            (
                "a bound token without its key",
                "it/oauth/dpop",
                "a_token_comes_by_its_own_scheme_with_its_own_key_or_is_invalid",
            ),
            ("wrong proofs", "it/oauth/dpop", "at_the_apis_every_wrong_proof_is_refused_with_a_challenge"),
            ("one proof many times at once", "oauth/dpop", "of_one_proof_used_many_times_at_once_one_use_succeeds"),
            ("unknown keys make work", "oauth/keys", "unknown_keys_make_the_table_be_read_once_in_five_seconds"),
        ],
    ),
    (
        "Compartment",
        &[
            ("a batch for more than the token's own", "it/fhir/batch", "a_batch_opens_nothing_that_its_token_does_not"),
            ("a batch of very many", "it/fhir/batch", "conditions_are_each_entrys_own_and_each_entry_is_counted"),
            (
                "every search, by GET, POST and both",
                "it/attacks/compartment",
                "no_search_by_get_or_post_or_both_brings_anything_of_another_member",
            ),
            ("the query itself", "fhir/authority", "no_search_of_one_member_finds_another"),
            (
                "read and vread, status differences, validators",
                "it/attacks/compartment",
                "what_is_anothers_reads_like_what_is_not_there",
            ),
            ("read and vread in the engine", "fhir/authority", "no_read_of_one_member_finds_another"),
            (
                "links of another patient or app",
                "it/attacks/compartment",
                "a_link_to_the_next_page_is_for_its_own_member_and_app_alone",
            ),
            ("links in the engine", "fhir/authority", "a_page_link_is_useless_to_another_member"),
            ("a link with another query", "fhir/paging", "a_link_is_bound_to_its_query"),
            (
                "types outside the scope by include and chain",
                "it/attacks/compartment",
                "a_narrow_scope_opens_no_other_type_by_any_detour",
            ),
            ("scopes of one type", "fhir/authority", "a_scope_opens_its_own_type_only"),
            ("networks without their scope", "fhir/authority", "networks_have_a_scope_of_their_own"),
            ("data that changed its owner", "fhir/authority", "what_changed_its_owner_leaves_the_old_one"),
            ("a Provenance of two members", "fhir/authority", "a_provenance_of_two_members_is_nobodys"),
            ("the public base, in the engine", "fhir/authority", "the_public_base_knows_no_member_data"),
            (
                "the public base, with a token",
                "it/attacks/matrix/fhir",
                "the_public_base_has_no_member_data_for_anybody",
            ),
            (
                "every type × interaction × wrong token",
                "it/attacks/matrix/fhir",
                "no_interaction_of_any_type_takes_a_token_that_does_not_fit",
            ),
            (
                "every type until the vendor is suspended",
                "it/attacks/matrix/fhir",
                "every_type_answers_the_token_that_fits_until_its_vendor_is_suspended",
            ),
            ("records before the cut-off", "fhir/dates", "records_before_the_cut_off_are_never_there"),
            ("every route has a guard", "it/attacks/matrix", "every_route_has_its_guard"),
            ("what is open does not grow", "it/attacks/matrix", "what_is_open_to_anybody_is_there_and_does_not_grow"),
        ],
    ),
    (
        "Input",
        &[
            (
                "writes in a batch, transactions",
                "it/fhir/batch",
                "writes_transactions_and_what_is_no_batch_are_refused_in_fhir",
            ),
            ("odd addresses below a base", "it/fhir/addresses", "no_address_below_a_base_is_answered_with_a_page"),
            (
                "counts, offsets, dates, numbers, patterns and nesting in searches",
                "it/attacks/queries",
                "no_search_is_a_defect_or_takes_long_whatever_its_values",
            ),
            (
                "null, markup, SQL, LIKE, bidi, numbers in every form",
                "it/attacks/input",
                "hostile_text_in_every_field_of_every_form_is_refused_calmly",
            ),
            (
                "10 k parameters, deep JSON, XML, repeated and broken bodies",
                "it/attacks/input",
                "bodies_that_are_no_form_are_refused_calmly",
            ),
            (
                "null, invalid UTF-8, long and repeated, in every address",
                "it/attacks/input",
                "hostile_addresses_of_every_route_are_answered_calmly",
            ),
            (
                "counts, nulls, encodings, sizes, media types at FHIR",
                "it/fhir/http",
                "each_mistake_has_its_status_and_issue_code",
            ),
            ("what search does not offer", "fhir/search", "what_is_not_offered_or_cannot_be_read_is_refused"),
            ("wildcards in the administrators' search", "registry/organizations", "search_takes_its_text_literally"),
            ("a JSON member twice", "fhir/src/json", "a_member_twice_is_refused"),
            ("writes", "it/attacks/matrix/fhir", "writes_are_refused_whoever_asks"),
            (
                "64 KiB URLs, two lengths, smuggling, odd heads",
                "it/attacks/platform",
                "odd_requests_over_the_network_are_4xx",
            ),
            ("slow heads", "it/attacks/platform", "a_connection_that_does_not_say_what_it_wants_is_closed"),
            ("slow bodies", "server/src/middleware/body", "a_body_that_stalls_is_given_up"),
            ("bodies cut off", "it/attacks/platform", "a_body_that_does_not_come_is_4xx"),
            ("oversize and foreign bodies at the token endpoint", "it/oauth/token", "only_a_posted_form_is_read"),
            ("forms without a signed-in account", "it/portals/access", "what_no_page_of_ours_sends_is_refused_calmly"),
            ("a session as a store", "identity/sessions", "a_session_holds_no_more_than_it_should"),
        ],
    ),
];
