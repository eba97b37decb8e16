#!/usr/bin/env bash
# Reads what changed since the last time. Keep SINCE, and start the next time from it.
set -euo pipefail

since=${SINCE:-2000-01-01T00:00:00Z}
next="$FLEX_FHIR/ExplanationOfBenefit?patient=$PATIENT&_count=50&_lastUpdated=gt$since"
newest=$since
while [ -n "$next" ]; do
  page=$(curl --silent --show-error --fail-with-body --header "Authorization: Bearer $ACCESS_TOKEN" "$next")
  jq --raw-output '.entry[]? | select(.search.mode == "match").resource | "\(.id) \(.meta.versionId)"' <<<"$page"
  newest=$(jq --raw-output --arg newest "$newest" \
    '[(.entry[]? | select(.search.mode == "match").resource.meta.lastUpdated), $newest] | max' <<<"$page")
  next=$(jq --raw-output '.link[] | select(.relation == "next") | .url' <<<"$page")
done
echo "SINCE=$newest"
