# Gives a token back when the app no longer needs it. The answer is 200, also for a token that has ended already.
import os
from urllib.parse import urlencode
from urllib.request import urlopen

form = {"token": os.environ["REFRESH_TOKEN"], "client_id": os.environ["CLIENT_ID"]}
if "CLIENT_SECRET" in os.environ:
    form["client_secret"] = os.environ["CLIENT_SECRET"]
with urlopen(f"{os.environ['FLEX_AUTHZ']}/oauth/revoke", urlencode(form).encode()) as response:
    print(response.status)
