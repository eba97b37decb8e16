# Reads what changed since the last time. Keep SINCE, and start the next time from it.
import json
import os
from urllib.request import Request, urlopen

since = newest = os.environ.get("SINCE", "2000-01-01T00:00:00Z")
headers = {"Authorization": f"Bearer {os.environ['ACCESS_TOKEN']}"}
search = f"ExplanationOfBenefit?patient={os.environ['PATIENT']}&_count=50&_lastUpdated=gt{since}"
url = f"{os.environ['FLEX_FHIR']}/{search}"
while url:
    with urlopen(Request(url, headers=headers)) as response:
        page = json.load(response)
    matches = [entry["resource"] for entry in page.get("entry", []) if entry["search"]["mode"] == "match"]
    for resource in matches:
        print(resource["id"], resource["meta"]["versionId"])
        newest = max(newest, resource["meta"]["lastUpdated"])
    url = next((link["url"] for link in page["link"] if link["relation"] == "next"), None)
print(f"SINCE={newest}")
