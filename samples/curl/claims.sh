#!/usr/bin/env bash
# Reads all claims of the member, page by page.
set -euo pipefail

next="$FLEX_FHIR/ExplanationOfBenefit?patient=$PATIENT&_count=3"
while [ -n "$next" ]; do
  page=$(curl --silent --show-error --fail-with-body --header "Authorization: Bearer $ACCESS_TOKEN" "$next")
  jq --raw-output '.entry[]?.resource | "\(.id) \(.created) \(.type.coding[0].code)"' <<<"$page"
  next=$(jq --raw-output '.link[] | select(.relation == "next") | .url' <<<"$page")
done
