"""A plain line about what an approval is for, made from its facts: a suggestion for who writes the plain words.

It is English, the source language of the words, and is never shown to readers. Pure functions.
"""

from collections.abc import Iterator

from editorial.accounts.languages import source_text

from .models import Approval, Biomarker, HormoneReceptors, Joined, Line, PriorTreatment, Setting, Stage

_CANCERS = {
    "triple-negative": "triple-negative breast cancer",
    "hr-positive": "hormone receptor-positive breast cancer",
    "her2-positive": "HER2-positive breast cancer",
    "any-solid": "a solid tumor of any kind",
    "breast": "breast cancer",
    "urothelial": "urothelial cancer",
    "lung-non-small-cell": "non-small cell lung cancer",
    "lung-small-cell": "small cell lung cancer",
    "endometrial": "endometrial cancer",
    "ovarian": "ovarian cancer",
}
_HER2 = {
    "positive": "HER2-positive",
    "negative": "HER2-negative",
    "low": "HER2-low",
    "low-or-ultralow": "HER2-low or HER2-ultralow",
}
_PRIOR = {
    PriorTreatment.ANY: "treatment",
    PriorTreatment.CHEMOTHERAPY: "chemotherapy",
    PriorTreatment.PLATINUM: "platinum chemotherapy",
    PriorTreatment.ENDOCRINE: "hormone therapy",
    PriorTreatment.ANTI_HER2: "treatment against HER2",
    PriorTreatment.CHECKPOINT: "treatment with a checkpoint inhibitor",
}
_SETTINGS = {
    Setting.BEFORE_SURGERY: "before surgery",
    Setting.AFTER_SURGERY: "after surgery",
    Setting.AROUND_SURGERY: "before and after surgery",
}
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def describe_indication(approval: Approval) -> str:
    """What the approval is for, in at most four short sentences."""
    return " ".join(_sentences(approval))


def _sentences(approval: Approval) -> Iterator[str]:
    yield f"For {_people(approval)}{_cancer(approval)} that {_stage(approval)}."
    if approval.biomarkers:
        yield f"A test must show {_markers(approval)}."
    if times := [*_times(approval)]:
        yield f"It is given {', '.join(times)}."
    if partners := source_text(approval, "partners"):
        yield f"It is given together with {_within_sentence(partners)}."
    elif approval.is_alone:
        yield "It is given alone."


def _people(approval: Approval) -> str:
    """ "adults with ", or nothing where the regulator names nobody."""
    sex = {"female": "women", "male": "men"}.get(approval.sex, "")
    group = {"adults": sex or "adults", "children": "children"}.get(approval.age_group, sex)
    if approval.age_from:
        group = f"{group or 'people'} aged {approval.age_from} years and older"
    if approval.weight is not None:
        least = "at least" if approval.weight_comparison == ">=" else "more than"
        group = f"{group or 'people'} who weigh {least} {approval.weight.normalize():f} kg"
    return f"{group} with " if group else ""


def _cancer(approval: Approval) -> str:
    name, her2 = _CANCERS[approval.cancer], _HER2.get(approval.her2, "")
    if (her2 and her2 in name) or (approval.cancer == "triple-negative" and approval.her2 == "negative"):
        her2 = ""
    hormone = {"positive": "hormone receptor-positive", "negative": "hormone receptor-negative"}
    said = "" if approval.cancer in ("hr-positive", "triple-negative") else hormone.get(approval.hormone_receptors, "")
    if approval.cancer == "hr-positive" and her2:
        return f"hormone receptor-positive, {her2} breast cancer"
    if approval.cancer == "any-solid":
        return f"a {her2} solid tumor of any kind" if her2 else name
    words = ", ".join(filter(None, (said, her2)))
    either = ", whatever its hormone receptors," if approval.hormone_receptors == HormoneReceptors.EITHER else ""
    return f"{words} {name}{either}".strip()


def _stage(approval: Approval) -> str:
    if approval.stage == Stage.EARLY:
        return "is early and high-risk"
    return "has spread" if approval.setting == Setting.METASTATIC else "has spread or cannot be removed by surgery"


def _markers(approval: Approval) -> str:
    word = " or " if approval.joined == Joined.OR else " and "
    return word.join(map(_marker, approval.biomarkers))


def _marker(biomarker: Biomarker) -> str:
    name = " or ".join(filter(None, (part.strip() for part in biomarker.name.split("/"))))
    if biomarker.cutoff is None:
        return name
    least = "at least" if biomarker.comparison == ">=" else "more than"
    glue = "" if biomarker.unit.startswith("%") else " "
    return f"{name} of {least} {biomarker.cutoff.normalize():f}{glue}{biomarker.unit}"


def _times(approval: Approval) -> Iterator[str]:
    if approval.setting in _SETTINGS:
        yield _SETTINGS[Setting(approval.setting)]
    elif approval.line == Line.SURGERY:
        yield _SETTINGS[Setting.AROUND_SURGERY]
    if approval.setting == Setting.MAINTENANCE:
        yield "to keep the cancer in check once other treatment has worked"
    if approval.line == Line.FIRST:
        yield "as the first treatment for advanced disease"
    if approval.prior in _PRIOR:
        yield _prior(approval)
    elif approval.line == Line.LATER:
        yield "after earlier treatment"


def _prior(approval: Approval) -> str:
    kind, least = _PRIOR[PriorTreatment(approval.prior)], approval.prior_least
    if not least:
        return "after earlier treatment" if approval.prior == PriorTreatment.ANY else f"after {kind}"
    number = _NUMBERS[least] if least < len(_NUMBERS) else str(least)
    told = f"after at least {number} earlier {'treatment' if least == 1 else 'treatments'}"
    return told if approval.prior == PriorTreatment.ANY else f"{told}, with {kind} among them"


def _within_sentence(words: str) -> str:
    """Without "with", and without a capital that only begins the phrase; a name in capitals keeps them."""
    words = words if words[:5].lower() != "with " else words[5:].lstrip()
    first, rest = words[:1], words[1:]
    return f"{first.lower()}{rest}" if rest[:1].islower() else words
