"""The list of drugs as patients know them: one card for each, by its brand. Its approvals are a second view of it.

Which drugs a page shows is asked of rows that were written when the monograph was released; what it shows of each comes
out of the signed tree.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from editorial.editions.tree.nodes import Node
from editorial.reading.list_facts import FactsPage, ListedFacts, register_facts
from editorial.reading.list_questions import listed_at
from editorial.reading.list_slices import cut_slice
from editorial.reading.models import ListedPage

from .listing import ApprovalList, ReleasedMonograph, read_monographs
from .models import KIND, ListedDrug
from .patient_answers import name_drug, treated_cancers
from .presenters import present_approvals

PER_PAGE = 30  # what a card shows comes out of a whole signed tree: so many take 25 ms
VIEW = {"view": "approvals"}  # of an address: the list of approvals
_APPROVALS = ApprovalList()


class DrugList(ListedFacts):
    # An address that chooses among approvals is one of theirs, as it was before there were two views.
    parameters = _APPROVALS.parameters | VIEW.keys()

    def keep(self, pages: Collection[ListedPage]) -> None:
        monographs = read_monographs(pages)
        write_drugs(pages, monographs)
        _APPROVALS.keep(pages, monographs)

    def find(self, language: str, query: Mapping[str, str], at: datetime, number: int) -> FactsPage:
        if query.get("view") == VIEW["view"] or any(query.get(name) for name in _APPROVALS.parameters):
            page = _APPROVALS.find(language, query, at, number)
            return replace(page, query={**VIEW, **page.query}, view=VIEW)
        drugs = ListedDrug.objects.filter(listed_at(at, "page__"), language=language)
        slice_ = cut_slice(drugs.select_related("page").order_by("position"), number, PER_PAGE)
        return FactsPage(
            slice=slice_,
            pages=tuple(drug.page for drug in slice_.rows),
            query={},
            # What is approved changes with the day.
            validator_parts=(timezone.localdate(at).isoformat(), [drug.page.release_id for drug in slice_.rows]),
        )

    def context(self, page: FactsPage, items: Mapping[int, dict[str, Any]], at: datetime) -> dict[str, Any]:
        if page.view:
            return _APPROVALS.context(page, items, at)
        keys = (drug.page.release_id for drug in page.slice.rows)
        cards = [present_card(items[key], at) for key in keys if key in items]
        return {"drugs": {"cards": cards, "total": page.slice.count, "groups": []}}

    def find_problems(self) -> Iterator[str]:
        pages = ListedPage.objects.filter(kind=KIND).select_related("document", "drug")
        for page in pages.iterator(chunk_size=200):
            wanted = [bytes(drug.position) for drug in _drugs_on([page], read_monographs([page]))]
            kept = [bytes(page.drug.position)] if hasattr(page, "drug") else []
            if wanted != kept:
                yield f"{page.document}: the list of drugs does not have it; manage.py rebuild_lists does."
        yield from _APPROVALS.find_problems()


def present_card(item: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """What the card of a drug shows: its name, and what it treats; where that is nothing today, what it did."""
    root: Node = item["root"]
    approvals = present_approvals(root, timezone.localdate(at))
    current = [approval for approval in approvals if approval.is_in_force]
    return {
        "item": item,
        "name": name_drug(root),
        "cancers": treated_cancers(current or approvals),
        "ended": approvals[0].state if approvals and not current else None,
    }


def write_drugs(pages: Collection[ListedPage], monographs: Mapping[int, ReleasedMonograph]) -> None:
    ListedDrug.objects.bulk_create(_drugs_on(pages, monographs), batch_size=500)


def _drugs_on(pages: Collection[ListedPage], monographs: Mapping[int, ReleasedMonograph]) -> Iterator[ListedDrug]:
    for page in pages:
        if monograph := monographs.get(page.release_id):
            key = name_drug(monograph.root).sort_key.encode()[:80]
            position = key + b"\0" + monograph.title.casefold().encode()[:80] + b"\0" + page.document_id.to_bytes(8)
            yield ListedDrug(page_id=page.pk, language=page.language, position=position)


register_facts(KIND, DrugList())
