#!/usr/bin/env bash
# Exchanges the code for tokens. First compare the state in the callback with yours. A confidential app also sends its secret.
set -euo pipefail

curl --silent --show-error --fail-with-body "$FLEX_AUTHZ/oauth/token" \
  --data-urlencode "grant_type=authorization_code" \
  --data-urlencode "code=$CODE" \
  --data-urlencode "redirect_uri=$REDIRECT_URI" \
  --data-urlencode "code_verifier=$CODE_VERIFIER" \
  --data-urlencode "client_id=$CLIENT_ID" \
  ${CLIENT_SECRET:+--data-urlencode "client_secret=$CLIENT_SECRET"} |
  jq .
