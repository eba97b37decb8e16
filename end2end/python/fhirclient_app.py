"""A SMART app on Python's fhirclient: finds its way by the CapabilityStatement and reads into typed resources."""

from fhirclient.client import FHIRClient
from fhirclient.models.coverage import Coverage
from fhirclient.models.explanationofbenefit import ExplanationOfBenefit

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

tell(
    patient=patient.id,
    name=smart.human_name(patient.name[0]),
    birthDate=patient.birthDate.isostring,
    newToken=smart.server.auth.access_token != first,
    claims=[claim.resource_type for claim in explanations],
    coverages=[coverage.beneficiary.reference for coverage in coverages],
)
