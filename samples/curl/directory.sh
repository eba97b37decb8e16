#!/usr/bin/env bash
# Finds practitioners in the public directory. It needs no token.
set -euo pipefail

curl --silent --show-error --fail-with-body --get "$FLEX_PUBLIC/Practitioner" \
  --data-urlencode "name=${NAME:-a}" --data-urlencode "_count=5" |
  jq --raw-output '.entry[]?.resource | "\(.id) \(.name[0].family)"'
