#!/usr/bin/env bash
# Gets a new access token. If the answer has a refresh token too, keep that one from now on.
set -euo pipefail

curl --silent --show-error --fail-with-body "$FLEX_AUTHZ/oauth/token" \
  --data-urlencode "grant_type=refresh_token" \
  --data-urlencode "refresh_token=$REFRESH_TOKEN" \
  --data-urlencode "client_id=$CLIENT_ID" \
  ${CLIENT_SECRET:+--data-urlencode "client_secret=$CLIENT_SECRET"} |
  jq .
