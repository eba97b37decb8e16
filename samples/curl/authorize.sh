#!/usr/bin/env bash
# Makes the address to which you send the member's browser, with PKCE. Keep the verifier and the state until the member is back.
set -euo pipefail

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
verifier=$(openssl rand 48 | base64url)
challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | base64url)
state=$(openssl rand 16 | base64url)

query=$(jq --null-input --raw-output \
  --arg client_id "$CLIENT_ID" --arg redirect_uri "$REDIRECT_URI" --arg scope "$SCOPE" \
  --arg state "$state" --arg code_challenge "$challenge" \
  '{response_type: "code", $client_id, $redirect_uri, $scope, $state, $code_challenge, code_challenge_method: "S256"}
   | to_entries | map("\(.key)=\(.value | @uri)") | join("&")')

echo "CODE_VERIFIER=$verifier"
echo "STATE=$state"
echo "AUTHORIZE_URL=$FLEX_AUTHZ/oauth/authorize?$query"
