"""Drug monographs, and what regulators did."""

from .authorities import FUNDERS_TERMS, Authority, AuthorityRole, DecisionTerm
from .events import (
    KIND_GROUPS,
    OF_A_PRODUCT,
    OF_AN_APPROVAL,
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
    Approval,
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
    "FUNDERS_TERMS", "KIND", "KIND_GROUPS", "OF_AN_APPROVAL", "OF_A_PRODUCT", "OF_SAFETY", "OF_THE_DRUG",
    "Approval", "ApprovalEvent", "Authority", "AuthorityRole", "Biomarker", "BoxedWarning", "CancerType", "Comparison",
    "DecisionTerm", "Dose", "DoseUnit", "EventKind", "IntervalUnit", "Line", "ListedApproval", "ListedBiomarker",
    "Monograph", "Pathway", "Product", "Route", "SideEffect", "Stage", "UnverifiedEvent", "Verification",
]  # fmt: skip
