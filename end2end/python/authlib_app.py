"""A vendor's server on authlib: a confidential client with PKCE that checks its id_token and revokes its token at the
end."""

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata, get_well_known_url
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc import jwt
from joserfc.jwk import KeySet

from talk import hear, tell

app = hear()

# Both ways to find the metadata, each checked by authlib's own rules.
by_prefix = AuthorizationServerMetadata(requests.get(get_well_known_url(app["issuer"], external=True)).json())
by_prefix.validate()
server = OpenIDProviderMetadata(requests.get(app["issuer"] + "/.well-known/openid-configuration").json())
server.validate()
assert server["issuer"] == by_prefix["issuer"] == app["issuer"]

session = OAuth2Session(
    app["clientId"],
    app["clientSecret"],
    scope=app["scope"],
    redirect_uri=app["redirectUri"],
    code_challenge_method="S256",
    token_endpoint=server["token_endpoint"],
)
verifier, nonce = generate_token(48), generate_token(20)
url, state = session.create_authorization_url(server["authorization_endpoint"], code_verifier=verifier, nonce=nonce)
tell(authorize=url)

# This checks the state.
token = session.fetch_token(authorization_response=hear()["callback"], state=state, code_verifier=verifier)

keys = KeySet.import_key_set(requests.get(server["jwks_uri"]).json())
signed = jwt.decode(token["id_token"], keys, algorithms=server["id_token_signing_alg_values_supported"])
claims = CodeIDToken(
    signed.claims,
    signed.header,
    options={"iss": {"value": app["issuer"]}, "aud": {"value": app["clientId"]}},
    params={"nonce": nonce, "client_id": app["clientId"], "access_token": token["access_token"]},
)
claims.validate()
userinfo = session.get(server["userinfo_endpoint"]).json()

refreshed = session.refresh_token()
patient = session.get(f"{app['fhir']}/Patient/{token['patient']}")
claims_found = session.get(f"{app['fhir']}/ExplanationOfBenefit", params={"patient": token["patient"], "_count": 2})


def is_active():
    return session.introspect_token(server["introspection_endpoint"], refreshed["access_token"]).json()["active"]


before = is_active()
session.revoke_token(server["revocation_endpoint"], token["refresh_token"], "refresh_token").raise_for_status()

tell(
    sameSubject=claims["sub"] == userinfo["sub"],
    newToken=refreshed["access_token"] != token["access_token"],
    patient=patient.json()["id"],
    claims=len(claims_found.json()["entry"]),
    active=[before, is_active()],
    afterwards=session.get(f"{app['fhir']}/Patient/{token['patient']}").status_code,
)
