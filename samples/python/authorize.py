# Makes the address to which you send the member's browser, with PKCE. Keep the verifier and the state until the member is back.
import os
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import urlencode

verifier = secrets.token_urlsafe(48)
state = secrets.token_urlsafe(16)
challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
query = urlencode({
    "response_type": "code",
    "client_id": os.environ["CLIENT_ID"],
    "redirect_uri": os.environ["REDIRECT_URI"],
    "scope": os.environ["SCOPE"],
    "state": state,
    "code_challenge": challenge,
    "code_challenge_method": "S256",
})

print(f"CODE_VERIFIER={verifier}")
print(f"STATE={state}")
print(f"AUTHORIZE_URL={os.environ['FLEX_AUTHZ']}/oauth/authorize?{query}")
