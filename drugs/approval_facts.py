"""What pages may assert about approvals, as authors write it in a mark, and whether it is so. Pure functions.

    [=FDA: 2 drugs for triple-negative]             also "at least 2 drugs", "1 drug", "no drug"
    [=FDA: pembrolizumab for triple-negative, early]
    [=FDA: not atezolizumab for triple-negative]
    [=FDA: only pembrolizumab and olaparib for triple-negative, marker PD-L1]
    [=FDA: pembrolizumab accelerated for any-solid]  also conditional, provisional, regular

A drug is written as in the address of its page; what it is for by the codes of approvals, after "for" and between
commas: first the cancer, then a stage, a setting, a line, receptors, a marker.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from editorial.editions.kind_answers import Answer

from .approval_history import PATHWAYS
from .cancers import CANCERS, CancerType, family, implied_receptors
from .models import Her2, HormoneReceptors, Line, Setting, Stage

COUNT, AT_LEAST, APPROVED, NOT_APPROVED, ONLY, PATHWAY = (
    "count", "at-least", "approved", "not-approved", "only", "pathway",
)  # fmt: skip
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FORMS = {
    COUNT: re.compile(r"(?P<number>\d{1,3}|no) drugs?"),
    AT_LEAST: re.compile(r"at least (?P<number>\d{1,3}) drugs?"),
    ONLY: re.compile(rf"only (?P<drugs>{_SLUG}(?: and {_SLUG})*)"),
    NOT_APPROVED: re.compile(rf"not (?P<drugs>{_SLUG})"),
    PATHWAY: re.compile(rf"(?P<drugs>{_SLUG}) (?P<pathway>{'|'.join(PATHWAYS)})"),
    APPROVED: re.compile(rf"(?P<drugs>{_SLUG})"),
}
_TERMS = {  # what may stand between commas behind the cancer: {what is written: (field of Use, code)}
    **{stage.value: ("stage", stage.value) for stage in Stage},
    **{setting.value: ("setting", setting.value) for setting in Setting},
    **{f"{line.value} line": ("line", line.value) for line in (Line.FIRST, Line.LATER)},
    **{f"hormone {kind.value}": ("hormone_receptors", kind.value) for kind in HormoneReceptors if kind != "either"},
    **{f"her2 {kind.value}": ("her2", kind.value) for kind in Her2},
    "no marker": ("marker", "-"),
}
NO_MARKER = "-"


class UnreadableFact(ValueError):
    """A mark that asserts nothing that can be checked; its text says why, for authors."""


@dataclass(frozen=True, slots=True)
class Use:
    """What an approval is for, as far as the question says; "" where it says nothing. A marker is in small letters."""

    cancer: str = ""
    stage: str = ""
    setting: str = ""
    line: str = ""
    hormone_receptors: str = ""
    her2: str = ""
    marker: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalFact:
    authority: str
    form: str
    use: Use
    number: int = 0
    drugs: tuple[str, ...] = ()  # as their pages' addresses have them
    pathway: str = ""


class ApprovedUse(NamedTuple):
    """What one approval is for; the markers in small letters."""

    authority: str
    cancer: str
    stage: str
    setting: str
    line: str
    hormone_receptors: str
    her2: str
    markers: frozenset[str]


def read_fact(text: str) -> ApprovalFact:
    """What a mark asserts. Raises UnreadableFact."""
    authority, _colon, said = text.partition(":")
    what, _for, use = said.strip().partition(" for ")
    for form, pattern in _FORMS.items():
        if match := pattern.fullmatch(what.strip().casefold()):
            found = match.groupdict()
            number = found.get("number") or "0"
            return ApprovalFact(
                authority.strip(),
                form,
                _read_use(use, form),
                0 if number == "no" else int(number),
                tuple(dict.fromkeys((found.get("drugs") or "").split(" and "))) if found.get("drugs") else (),
                found.get("pathway") or "",
            )
    message = _(
        "“%(fact)s” cannot be checked. Write for example [=FDA: 2 drugs for triple-negative], or [=FDA: not "
        "atezolizumab for triple-negative]."
    )
    raise UnreadableFact(message % {"fact": text})


def _read_use(text: str, form: str) -> Use:
    if not text.strip():
        if form in (COUNT, AT_LEAST, ONLY):
            raise UnreadableFact(_("Say for which cancer the drugs are approved, for example: for triple-negative."))
        return Use()
    cancer, *terms = (" ".join(term.split()) for term in text.split(","))
    codes = {"cancer": cancer.casefold()}
    if codes["cancer"] not in CANCERS:
        message = _("“%(word)s” is no type of cancer that approvals know. Write one of these: %(words)s.")
        raise UnreadableFact(message % {"word": cancer, "words": ", ".join(CANCERS)})
    for term in terms:
        if term.casefold().startswith("marker "):
            name, code = "marker", term[len("marker ") :].strip().casefold()
        elif term.casefold() in _TERMS:
            name, code = _TERMS[term.casefold()]
        else:
            message = _("“%(word)s” cannot be checked. Write one of these, or marker and its name: %(words)s.")
            raise UnreadableFact(message % {"word": term, "words": ", ".join(_TERMS)})
        if name in codes:
            raise UnreadableFact(_("“%(word)s” contradicts what stands before it.") % {"word": term})
        codes[name] = code
    return Use(**codes)


def is_for(approval: ApprovedUse, use: Use) -> bool:
    """Whether the approval is for what the question asks about: that cancer, or a kind of it, and the rest as asked."""
    return (
        _is_for_cancer(approval, use.cancer)
        and use.stage in ("", approval.stage)
        and use.setting in ("", approval.setting)
        and use.line in ("", approval.line)
        and _has_receptors(approval, use)
        and (not use.marker or (use.marker in approval.markers or (use.marker == NO_MARKER and not approval.markers)))
    )


def _is_for_cancer(approval: ApprovedUse, cancer: str) -> bool:
    """By its name, or where it says of any breast cancer the receptors that the name stands for."""
    if not cancer or approval.cancer in family(cancer):
        return True
    hormone, her2 = implied_receptors(cancer)
    if approval.cancer != CancerType.BREAST or not (hormone or her2):
        return False
    return (not hormone or approval.hormone_receptors in (hormone, HormoneReceptors.EITHER)) and (
        not her2 or approval.her2 == her2
    )


def _has_receptors(approval: ApprovedUse, use: Use) -> bool:
    hormone, her2 = implied_receptors(approval.cancer)
    hormones = (use.hormone_receptors, HormoneReceptors.EITHER)
    return (not use.hormone_receptors or (approval.hormone_receptors or hormone) in hormones) and (
        not use.her2 or (approval.her2 or her2) == use.her2
    )


def is_true(fact: ApprovalFact, answer: Answer, drugs: Iterable[int]) -> bool:
    """Whether it is so: `answer` has, by drug, the pathways in force for what is asked; `drugs` are those it names."""
    named = {str(key) for key in drugs}
    match fact.form:
        case "count":
            return len(answer) == fact.number
        case "at-least":
            return len(answer) >= fact.number
        case "only":
            return set(answer) == named
        case "not-approved":
            return not named & set(answer)
        case "pathway":
            return all(answer.get(key) == [fact.pathway] for key in named)
    return named <= set(answer)
