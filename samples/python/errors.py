# Reads an address of the API and decides what to do with each kind of answer.
import json
import os
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def advice(error, issue):
    if error.code == 401:
        reason = issue["details"]["coding"][0]["code"]
        if reason == "token_expired":
            return "refresh the token and try again"
        if reason == "app_suspended":
            return "stop and contact support"
        return "ask the member again" if reason.startswith("grant_") else "check how you send the token"
    if error.code == 403:
        return f"ask the member for the scope: {issue['details']['text']}"
    if error.code in (429, 503):
        return f"try again in {error.headers['Retry-After']} seconds"
    return issue["code"]


headers = {"Authorization": f"Bearer {os.environ['ACCESS_TOKEN']}"}
try:
    with urlopen(Request(f"{os.environ['FLEX_FHIR']}/{os.environ['REQUEST']}", headers=headers)) as response:
        print(response.status, json.load(response)["resourceType"])
except HTTPError as error:
    print(error.code, advice(error, json.load(error)["issue"][0]))
