# Gets a token for the app itself, and reads the directory with it.
import json
import os
from base64 import b64encode
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

authz, fhir = os.environ["FLEX_AUTHZ"], os.environ["FLEX_FHIR"]
secret = f"{quote(os.environ['CLIENT_ID'], safe='')}:{quote(os.environ['CLIENT_SECRET'], safe='')}"
headers = {"Authorization": f"Basic {b64encode(secret.encode()).decode()}"}
form = urlencode({"grant_type": "client_credentials", "scope": "public/Practitioner.read"})
with urlopen(Request(f"{authz}/oauth/token", form.encode(), headers)) as response:
    token = json.load(response)["access_token"]

headers = {"Authorization": f"Bearer {token}"}
with urlopen(Request(f"{fhir}/Practitioner?_count=5", headers=headers)) as response:
    bundle = json.load(response)
for entry in bundle.get("entry", []):
    print(entry["resource"]["id"], entry["resource"]["name"][0]["family"])
