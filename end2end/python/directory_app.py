"""A directory app without a token: fhirclient pages, chains and includes; fhir.resources parses each resource strictly.

By hand: `FLEX_URL=http://127.0.0.1:3000 python directory_app.py` asks the public bases of both programs.
"""

import os
from collections import Counter

from fhirclient.client import FHIRClient
from fhirclient.models.location import Location
from fhirclient.models.practitioner import Practitioner
from fhirclient.models.practitionerrole import PractitionerRole

from strict import parse
from talk import hear, tell

PAGE = "50"


def everything(server, kind):
    """Each resource of a type, page by page, each once."""
    found = {}
    bundle = server.request_json(f"{kind}?_count={PAGE}")
    pages = 0
    while bundle:
        pages += 1
        for entry in bundle.get("entry", []):
            resource = entry["resource"]
            assert resource["resourceType"] == kind, resource["resourceType"]
            assert resource["id"] not in found, f"{kind}/{resource['id']} came twice"
            found[resource["id"]] = resource
        links = {link["relation"]: link["url"] for link in bundle["link"]}
        bundle = server.request_json(links["next"]) if "next" in links else None
    assert len(found) >= (pages - 1) * int(PAGE), f"{kind}: {len(found)} on {pages} pages"
    return found


def directory_types(smart):
    """The parameters that the CapabilityStatement offers without naming a role."""
    for resource in smart.server.capabilityStatement.rest[0].resource:
        required = [param for param in resource.searchParam or [] if param.documentation == "Required."]
        searches = any(interaction.code == "search-type" for interaction in resource.interaction)
        if searches and not required:
            yield resource.type


def ask(base):
    smart = FHIRClient(settings={"app_id": "directory", "api_base": base})
    assert smart.prepare(), "the directory is open to anyone"
    server = smart.server
    read = Counter()
    for kind in directory_types(smart):
        for resource in everything(server, kind).values():
            parse(resource)
            read[kind] += 1

    # A chain, with typed resources across all pages.
    places = list(Location.where({"_count": PAGE}).perform_resources_iter(server))
    city = next(place.address.city for place in places if place.address and place.address.city)
    there = {f"Location/{place.id}" for place in places if place.address and place.address.city == city}
    roles = list(PractitionerRole.where({"location": {"address-city": {"$exact": city}}, "_count": "3"}).perform_resources_iter(server))
    for role in roles:
        assert there & {place.reference for place in role.location}, f"{role.id} is not in {city}"

    # An include, and a reverse include.
    pages = PractitionerRole.where({"_count": "5"}).include("practitioner").perform_iter(server)
    entries = next(iter(pages)).entry
    people = {f"Practitioner/{entry.resource.id}" for entry in entries if entry.search.mode == "include"}
    wanted = {entry.resource.practitioner.reference for entry in entries if entry.search.mode == "match" and entry.resource.practitioner}
    assert people and people == wanted, f"{people} are not {wanted}"
    person = sorted(people)[0].split("/")[1]
    back = Practitioner.where({"_id": person}).include("practitioner", PractitionerRole, reverse=True)
    own = [found for found in back.perform_resources_iter(server) if found.resource_type == "PractitionerRole"]
    assert own and all(role.practitioner.reference == f"Practitioner/{person}" for role in own)
    return {"read": read, "chained": len(roles), "included": len(people), "reverse": len(own)}


url = os.environ.get("FLEX_URL")
bases = [f"{url}/fhirpublic/{path}/R4" for path in ("oph/ca", "idaho")] if url else hear()["bases"]
tell(found=[ask(base) for base in bases])
