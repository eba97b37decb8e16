"""Parses resources by the definitions of FHIR R4 (R4B, which changed none of ours), and writes them back unchanged."""

import json
from decimal import Decimal

from fhir.resources.R4B import get_fhir_model_class


def parse(resource):
    """The typed resource; raises if an element is unknown, missing, or of the wrong type."""
    model = get_fhir_model_class(resource["resourceType"])
    typed = model.model_validate(resource)
    again = json.loads(typed.model_dump_json(), parse_float=Decimal)
    assert again["id"] == resource["id"]
    lost = set(resource) - set(again)
    assert not lost, f"{resource['resourceType']}/{resource['id']} lost {lost}"
    return typed
