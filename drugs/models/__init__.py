"""Drug monographs, and what regulators did."""

from ..cancers import CancerType
from .approvals import Approval, Her2, HormoneReceptors, Joined, Line, PriorTreatment, Setting, Sex, Stage
from .authorities import FUNDERS_TERMS, Authority, AuthorityRole, DecisionTerm
from .doses import Dose, DoseUnit, IntervalUnit, LongestUnit, Route, Until
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
from .listed import ListedApproval, ListedBiomarker, ListedDrug
from .monographs import KIND, Monograph, MonographTopic
from .parts import Biomarker, BoxedWarning, Product, SideEffect
from .patient_groups import AgeGroup, Comparison, PatientGroup

__all__ = [
    "FUNDERS_TERMS", "KIND", "KIND_GROUPS", "OF_AN_APPROVAL", "OF_A_PRODUCT", "OF_SAFETY", "OF_THE_DRUG",
    "AgeGroup", "Approval", "ApprovalEvent", "Authority", "AuthorityRole", "Biomarker", "BoxedWarning", "CancerType",
    "Comparison", "DecisionTerm", "Dose", "DoseUnit", "EventKind", "Her2", "HormoneReceptors", "IntervalUnit", "Joined",
    "Line", "ListedApproval", "ListedBiomarker", "ListedDrug", "LongestUnit", "Monograph", "MonographTopic", "Pathway",
    "PatientGroup", "PriorTreatment", "Product", "Route", "Setting", "Sex", "SideEffect", "Stage", "Until",
    "UnverifiedEvent", "Verification",
]  # fmt: skip
