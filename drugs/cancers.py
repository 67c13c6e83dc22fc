"""The cancers that approvals are for: what they are kinds of, and their codes. Pure data and functions.

`ncit` is a concept of the NCI Thesaurus, `icd_o` a topography of ICD-O-3; "" where no code says just that. A cancer
that is added goes to the end, because the list of drugs is kept in this order.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class CancerType(models.TextChoices):
    TRIPLE_NEGATIVE = "triple-negative", gettext_lazy("triple-negative")
    HR_POSITIVE = "hr-positive", gettext_lazy("hormone receptor-positive")
    HER2_POSITIVE = "her2-positive", gettext_lazy("HER2-positive")
    ANY_SOLID = "any-solid", gettext_lazy("any solid tumor with the marker")
    BREAST = "breast", gettext_lazy("breast cancer")
    UROTHELIAL = "urothelial", gettext_lazy("urothelial cancer")
    LUNG_NON_SMALL_CELL = "lung-non-small-cell", gettext_lazy("non-small cell lung cancer")
    LUNG_SMALL_CELL = "lung-small-cell", gettext_lazy("small cell lung cancer")
    ENDOMETRIAL = "endometrial", gettext_lazy("endometrial cancer")
    OVARIAN = "ovarian", gettext_lazy("ovarian cancer")


@dataclass(frozen=True, slots=True)
class Cancer:
    parent: CancerType | None = None  # what it is a kind of
    ncit: str = ""
    icd_o: str = ""


CANCERS = {
    CancerType.TRIPLE_NEGATIVE: Cancer(CancerType.BREAST, ncit="C71732", icd_o="C50"),
    CancerType.HR_POSITIVE: Cancer(CancerType.BREAST, icd_o="C50"),
    CancerType.HER2_POSITIVE: Cancer(CancerType.BREAST, icd_o="C50"),
    CancerType.ANY_SOLID: Cancer(),
    CancerType.BREAST: Cancer(ncit="C4872", icd_o="C50"),
    CancerType.UROTHELIAL: Cancer(ncit="C4030"),
    CancerType.LUNG_NON_SMALL_CELL: Cancer(ncit="C2926", icd_o="C34"),
    CancerType.LUNG_SMALL_CELL: Cancer(ncit="C4917", icd_o="C34"),
    CancerType.ENDOMETRIAL: Cancer(ncit="C7558", icd_o="C54"),
    CancerType.OVARIAN: Cancer(ncit="C4908", icd_o="C56"),
}

# (cancer, hormone receptors, HER2) that its name already says; None where it says nothing.
_RECEPTORS = {
    CancerType.TRIPLE_NEGATIVE: ("negative", "negative"),
    CancerType.HR_POSITIVE: ("positive", None),
    CancerType.HER2_POSITIVE: (None, "positive"),
}
# HER2-low tumors count as HER2-negative.
_HER2_NEGATIVE = ("negative", "low", "low-or-ultralow")


def family(code: str) -> list[str]:
    """The cancer with this code and every kind of it."""
    return [code, *(cancer.value for cancer, facts in CANCERS.items() if facts.parent == code)]


def implied_receptors(code: str) -> tuple[str, str]:
    """(hormone receptors, HER2) that the name of a cancer already says; "" where it says nothing."""
    hormone, her2 = _RECEPTORS.get(CancerType(code), (None, None))
    return hormone or "", her2 or ""


def find_receptor_problem(cancer: str, hormone_receptors: str, her2: str) -> str:
    """Where the receptors cannot be those of the cancer, what to do about it; else ""."""
    if cancer not in CANCERS:
        return ""
    if hormone_receptors and cancer not in family(CancerType.BREAST):
        return _("Hormone receptors are tested in breast cancer only. Leave them empty, or choose another cancer.")
    said_hormone, said_her2 = _RECEPTORS.get(CancerType(cancer), (None, None))
    contradicts_her2 = her2 not in (_HER2_NEGATIVE if said_her2 == "negative" else ("positive",))
    if (said_hormone and hormone_receptors not in ("", said_hormone)) or (said_her2 and her2 and contradicts_her2):
        return _("These receptors contradict the type of cancer. Choose “breast cancer”, or correct them.")
    return ""
