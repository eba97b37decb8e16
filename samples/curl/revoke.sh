#!/usr/bin/env bash
# Gives a token back when the app no longer needs it. The answer is 200, also for a token that has ended already.
set -euo pipefail

curl --silent --show-error --fail-with-body --output /dev/null --write-out '%{http_code}\n' "$FLEX_AUTHZ/oauth/revoke" \
  --data-urlencode "token=$REFRESH_TOKEN" \
  --data-urlencode "client_id=$CLIENT_ID" \
  ${CLIENT_SECRET:+--data-urlencode "client_secret=$CLIENT_SECRET"}
