"""Drug monographs, and what regulators did."""

from .events import OF_THE_DRUG, ApprovalEvent, EventKind, Pathway, Verification
from .monographs import KIND, Monograph
from .parts import (
    Approval,
    Authority,
    Biomarker,
    BoxedWarning,
    CancerType,
    Comparison,
    Dose,
    DoseUnit,
    IntervalUnit,
    Jurisdiction,
    Line,
    Product,
    Route,
    SideEffect,
    Stage,
)

__all__ = [
    "KIND", "OF_THE_DRUG",
    "Approval", "ApprovalEvent", "Authority", "Biomarker", "BoxedWarning", "CancerType", "Comparison",
    "Dose", "DoseUnit", "EventKind", "IntervalUnit", "Jurisdiction", "Line", "Monograph", "Pathway", "Product", "Route",
    "SideEffect", "Stage", "Verification",
]  # fmt: skip
