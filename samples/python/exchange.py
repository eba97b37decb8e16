# Exchanges the code for tokens. First compare the state in the callback with yours. A confidential app also sends its secret.
import json
import os
from urllib.parse import urlencode
from urllib.request import urlopen

form = {
    "grant_type": "authorization_code",
    "code": os.environ["CODE"],
    "redirect_uri": os.environ["REDIRECT_URI"],
    "code_verifier": os.environ["CODE_VERIFIER"],
    "client_id": os.environ["CLIENT_ID"],
}
if "CLIENT_SECRET" in os.environ:
    form["client_secret"] = os.environ["CLIENT_SECRET"]
with urlopen(f"{os.environ['FLEX_AUTHZ']}/oauth/token", urlencode(form).encode()) as response:
    print(json.dumps(json.load(response), indent=2))
