"""Drug monographs, and what regulators did."""

from .events import (
    KIND_GROUPS,
    OF_A_PRODUCT,
    OF_SAFETY,
    OF_THE_DRUG,
    ApprovalEvent,
    EventKind,
    Pathway,
    UnverifiedEvent,
    Verification,
)
from .listed import ListedApproval, ListedBiomarker
from .monographs import KIND, Monograph
from .parts import (
    JURISDICTIONS,
    Approval,
    Authority,
    Biomarker,
    BoxedWarning,
    CancerType,
    Comparison,
    Dose,
    DoseUnit,
    IntervalUnit,
    Line,
    Product,
    Route,
    SideEffect,
    Stage,
)

__all__ = [
    "JURISDICTIONS", "KIND", "KIND_GROUPS", "OF_A_PRODUCT", "OF_SAFETY", "OF_THE_DRUG",
    "Approval", "ApprovalEvent", "Authority", "Biomarker", "BoxedWarning", "CancerType", "Comparison",
    "Dose", "DoseUnit", "EventKind", "IntervalUnit", "Line", "ListedApproval", "ListedBiomarker", "Monograph",
    "Pathway", "Product", "Route", "SideEffect", "Stage",
    "UnverifiedEvent", "Verification",
]  # fmt: skip
