# Gets a new access token. If the answer has a refresh token too, keep that one from now on.
import json
import os
from urllib.parse import urlencode
from urllib.request import urlopen

form = {
    "grant_type": "refresh_token",
    "refresh_token": os.environ["REFRESH_TOKEN"],
    "client_id": os.environ["CLIENT_ID"],
}
if "CLIENT_SECRET" in os.environ:
    form["client_secret"] = os.environ["CLIENT_SECRET"]
with urlopen(f"{os.environ['FLEX_AUTHZ']}/oauth/token", urlencode(form).encode()) as response:
    print(json.dumps(json.load(response), indent=2))
