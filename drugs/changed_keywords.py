"""Of which keywords a regulator's decision changes the facts: who cites its source, or claims what it is about."""

from collections.abc import Iterable, Iterator

from django.conf import settings

from editorial.editions.keyword_contract import ChangedKeywords
from editorial.editions.keywords import citation_keyword
from editorial.editions.models import Record

from .cancers import CANCERS, CancerType, family, find_receptor_problem
from .models import Approval, ApprovalEvent, Biomarker, EventKind, Her2
from .text_claims import approval_keyword, find_markers, marker_keyword, own_key, plain_number

# What was approved is approved as before.
_CHANGING_NO_CLAIM = (EventKind.REFUSED, EventKind.TRANSFERRED)
_HER2_MARKERS = {Her2.LOW.value: ("her2-low",), Her2.LOW_OR_ULTRALOW.value: ("her2-low", "her2-ultralow")}


def find_changed_keywords(records: Iterable[Record]) -> ChangedKeywords:
    """Of decisions, with what those that they take the place of had said. As many statements for many as for one.

    Certain is who cites what tells of those approvals alone. A source of others too, such as a label, is cited for any
    of them, and a claim may be about another drug: who has those may rest on it.
    """
    events = list(_with_corrected([record for record in records if isinstance(record, ApprovalEvent)]))
    needed = Approval.objects.select_related("biomarker", "biomarker_2", "biomarker_3")
    approvals = needed.in_bulk({event.approval_id for event in events} - {None})
    own = {event.source_key or event.reference.key for event in events}
    if approvals:
        own |= set(ApprovalEvent.objects.filter(approval__in=approvals).values_list("source_key", flat=True))
    others = ApprovalEvent.objects.filter(source_key__in=own, approval__isnull=False)
    shared = set(others.exclude(approval__in=approvals).values_list("source_key", flat=True)) if own else set()
    claims = {
        keyword
        for event in events
        if event.approval_id in approvals and event.kind not in _CHANGING_NO_CLAIM
        for keyword in find_claims_about(approvals[event.approval_id])
    }
    return ChangedKeywords(
        frozenset(map(citation_keyword, own - shared)),
        frozenset({*map(citation_keyword, shared), *claims}),
        frozenset(_find_late_names(approvals.values())) if claims else frozenset(),
    )


def _with_corrected(events: list[ApprovalEvent]) -> Iterator[ApprovalEvent]:
    """Each and those that it corrects, back to the last one that was verified: readers see that until it is too."""
    while events:
        yield from events
        corrected = {event.corrects_id for event in events} - {None}
        events = list(ApprovalEvent.objects.filter(pk__in=corrected).select_related("verification"))
        yield from (event for event in events if event.is_verified)
        events = [event for event in events if not event.is_verified]


def find_claims_about(approval: Approval) -> Iterator[str]:
    """Keywords of texts that may be about this approval without naming its drug."""
    for biomarker in approval.biomarkers:
        for marker in _markers(biomarker):
            yield marker_keyword(marker)
            if biomarker.cutoff is not None:
                yield marker_keyword(marker, plain_number(biomarker.cutoff))
    yield from (marker_keyword(marker) for marker in _HER2_MARKERS.get(approval.her2, ()))
    yield from map(approval_keyword, find_claimed_cancers(approval))


def _find_late_names(approvals: Iterable[Approval]) -> Iterator[tuple[str, str]]:
    """(name, keyword) of biomarkers that are known by monographs alone."""
    for biomarker in (biomarker for approval in approvals for biomarker in approval.biomarkers):
        if not find_markers(biomarker.name, settings.SOURCE_LANGUAGE):
            yield biomarker.name, marker_keyword(own_key(biomarker.name))


def _markers(biomarker: Biomarker) -> set[str]:
    """Keys of what it is called, and of the score by which it is measured."""
    named = find_markers(biomarker.name, settings.SOURCE_LANGUAGE) or {own_key(biomarker.name)}
    return named | find_markers(biomarker.unit, settings.SOURCE_LANGUAGE)


def find_claimed_cancers(approval: Approval) -> Iterator[str]:
    """Cancers of which it may make a claim right or wrong: its own, what that is a kind of, and its kinds but for those
    that its receptors rule out.
    """
    cancer = approval.cancer
    facts = CANCERS.get(CancerType(cancer)) if cancer in CANCERS else None
    if facts and facts.parent:
        yield facts.parent.value
    for code in family(cancer):
        if not find_receptor_problem(code, approval.hormone_receptors, approval.her2):
            yield code
