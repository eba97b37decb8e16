# The whole flow in one file: it signs a member in, gets a token and reads the member's record. Python 3.10 or later.
import json
import os
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

authz, fhir, client_id = os.environ["FLEX_AUTHZ"], os.environ["FLEX_FHIR"], os.environ["CLIENT_ID"]
scope = os.environ.get("SCOPE", "patient/Patient.read patient/ExplanationOfBenefit.read")
verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)


class Callback(BaseHTTPRequestHandler):
    def do_GET(self):
        back = urlsplit(self.path)
        answer = {name: values[0] for name, values in parse_qs(back.query).items()}
        if back.path != "/callback" or answer.get("state") != state:
            return self.send_error(404)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"Go back to the terminal. You can close this page.")
        self.server.answer = answer

    def log_message(self, *_):
        pass


def read(path, token):
    with urlopen(Request(f"{fhir}/{path}", headers={"Authorization": f"Bearer {token}"})) as response:
        return json.load(response)


server = HTTPServer(("127.0.0.1", 0), Callback)
server.answer = None
redirect_uri = f"http://127.0.0.1:{server.server_port}/callback"
challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
query = urlencode({
    "response_type": "code",
    "client_id": client_id,
    "redirect_uri": redirect_uri,
    "scope": scope,
    "state": state,
    "code_challenge": challenge,
    "code_challenge_method": "S256",
})
print(f"Open this address in your browser:\n{authz}/oauth/authorize?{query}", flush=True)
while server.answer is None:
    server.handle_request()
if "error" in server.answer:
    raise SystemExit(f"The member did not allow it: {server.answer['error']}")

form = urlencode({
    "grant_type": "authorization_code",
    "code": server.answer["code"],
    "redirect_uri": redirect_uri,
    "client_id": client_id,
    "code_verifier": verifier,
})
with urlopen(f"{authz}/oauth/token", form.encode()) as response:
    tokens = json.load(response)
member = read(f"Patient/{tokens['patient']}", tokens["access_token"])
print(" ".join(member["name"][0]["given"]), f"{member['name'][0]['family']}, born {member['birthDate']}")
claims = read(f"ExplanationOfBenefit?patient={tokens['patient']}&_count=5", tokens["access_token"])
for entry in claims.get("entry", []):
    print(entry["resource"]["id"], entry["resource"]["created"], entry["resource"]["type"]["coding"][0]["code"])
