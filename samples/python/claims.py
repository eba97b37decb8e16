# Reads all claims of the member, page by page.
import json
import os
from urllib.request import Request, urlopen

headers = {"Authorization": f"Bearer {os.environ['ACCESS_TOKEN']}"}
url = f"{os.environ['FLEX_FHIR']}/ExplanationOfBenefit?patient={os.environ['PATIENT']}&_count=3"
while url:
    with urlopen(Request(url, headers=headers)) as response:
        page = json.load(response)
    for entry in page.get("entry", []):
        claim = entry["resource"]
        print(claim["id"], claim["created"], claim["type"]["coding"][0]["code"])
    url = next((link["url"] for link in page["link"] if link["relation"] == "next"), None)
