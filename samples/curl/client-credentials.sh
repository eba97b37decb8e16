#!/usr/bin/env bash
# Gets a token for the app itself, and reads the directory with it.
set -euo pipefail

token=$(curl --silent --show-error --fail-with-body "$FLEX_AUTHZ/oauth/token" \
  --user "$CLIENT_ID:$CLIENT_SECRET" \
  --data-urlencode "grant_type=client_credentials" \
  --data-urlencode "scope=public/Practitioner.read" |
  jq --raw-output .access_token)

curl --silent --show-error --fail-with-body --get "$FLEX_FHIR/Practitioner" \
  --header "Authorization: Bearer $token" --data-urlencode "_count=5" |
  jq --raw-output '.entry[]?.resource | "\(.id) \(.name[0].family)"'
