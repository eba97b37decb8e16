#!/usr/bin/env bash
# Reads an address of the API and decides what to do with each kind of answer.
set -euo pipefail

answer=$(curl --silent --show-error --write-out '\n%header{retry-after} %{http_code}' \
  --header "Authorization: Bearer $ACCESS_TOKEN" "$FLEX_FHIR/$REQUEST")
read -r wait status <<<"${answer##*$'\n'} "
status=${status:-$wait}
body=${answer%$'\n'*}

case $status in
  200) echo "200 $(jq --raw-output .resourceType <<<"$body")" ;;
  401) case $(jq --raw-output '.issue[0].details.coding[0].code' <<<"$body") in
         token_expired) echo "401 refresh the token and try again" ;;
         app_suspended) echo "401 stop and contact support" ;;
         grant_*) echo "401 ask the member again" ;;
         *) echo "401 check how you send the token" ;;
       esac ;;
  403) echo "403 ask the member for the scope: $(jq --raw-output '.issue[0].details.text' <<<"$body")" ;;
  429 | 503) echo "$status try again in $wait seconds" ;;
  *) echo "$status $(jq --raw-output '.issue[0].code' <<<"$body")" ;;
esac
