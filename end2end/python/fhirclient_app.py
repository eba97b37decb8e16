"""A SMART app on Python's fhirclient: finds its endpoints through the CapabilityStatement and reads into typed
resources."""

from fhirclient.client import FHIRClient
from fhirclient.models.coverage import Coverage
from fhirclient.models.explanationofbenefit import ExplanationOfBenefit

from strict import parse
from talk import hear, tell

app = hear()
smart = FHIRClient(
    settings={
        "app_id": app["clientId"],
        "api_base": app["fhir"],
        "redirect_uri": app["redirectUri"],
        "scope": app["scope"],
    }
)
assert not smart.prepare(), "nothing is open without a token"
tell(authorize=smart.authorize_url)

smart.handle_callback(hear()["callback"])
patient = smart.patient

first = smart.server.auth.access_token
assert smart.reauthorize(), "it has a refresh token"
explanations = ExplanationOfBenefit.where({"patient": smart.patient_id}).perform_resources(smart.server)
coverages = Coverage.where({"patient": smart.patient_id}).perform_resources(smart.server)


def everything(kind):
    """What the token allows to read of a type, strictly parsed, page by page."""
    path = f"{kind}?patient={smart.patient_id}&_count=2" if kind != "Patient" else "Patient?_count=2"
    while path:
        bundle = smart.server.request_json(path)
        yield from (parse(entry["resource"]).id for entry in bundle.get("entry", []))
        path = next((link["url"] for link in bundle["link"] if link["relation"] == "next"), None)


strict = {kind: len(list(everything(kind))) for kind in app["kinds"]}
# Claims include their patient.
included = ExplanationOfBenefit.where({"patient": smart.patient_id}).include("patient").perform_resources_iter(smart.server)
owners = {found.id for found in included if found.resource_type == "Patient"}

tell(
    patient=patient.id,
    name=smart.human_name(patient.name[0]),
    birthDate=patient.birthDate.isostring,
    newToken=smart.server.auth.access_token != first,
    claims=[claim.resource_type for claim in explanations],
    strict=strict,
    owners=list(owners),
    coverages=[coverage.beneficiary.reference for coverage in coverages],
)
