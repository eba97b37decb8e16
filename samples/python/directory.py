# Finds practitioners in the public directory. It needs no token.
import json
import os
from urllib.parse import urlencode
from urllib.request import urlopen

query = urlencode({"name": os.environ.get("NAME", "a"), "_count": 5})
with urlopen(f"{os.environ['FLEX_PUBLIC']}/Practitioner?{query}") as response:
    bundle = json.load(response)
for entry in bundle.get("entry", []):
    print(entry["resource"]["id"], entry["resource"]["name"][0]["family"])
