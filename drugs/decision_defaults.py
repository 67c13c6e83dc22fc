"""What the form of a decision holds before anybody typed: what its approval and its products tell already."""

from typing import Any

from .models import Approval, EventKind, Monograph
from .services.events_in_force import has_decisions


def default_decision(monograph: Monograph, asked: str) -> dict[str, Any]:
    """{name of a field: value}, for the approval with this key as an address has it; {} where there is none such.

    An approval of which nothing is recorded was granted first. The application is that of its authority's products,
    where they have only one.
    """
    approvals = monograph.approvals.filter(retired=False) if asked else ()
    approval = next((approval for approval in approvals if str(approval.pk) == asked), None)
    if approval is None:
        return {}
    values: dict[str, Any] = {"approval": approval, "application": _find_application(monograph, approval)}
    return values if has_decisions(approval) else {**values, "kind": EventKind.GRANTED}


def _find_application(monograph: Monograph, approval: Approval) -> str:
    """ "" where products of the authority have none, or several."""
    products = monograph.products.filter(authority=approval.authority, retired=False)
    numbers = {product.application_number for product in products}
    return numbers.pop() if len(numbers) == 1 else ""
