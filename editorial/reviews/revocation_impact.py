"""What would leave the public pages if some sign-offs were revoked, before anybody revokes them.

The rule itself is in editions/validity.py; here it is asked with other signers, of all documents at once.
"""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from editorial.editions.models import Edition, Release, SignOff
from editorial.editions.validity import is_valid


def find_ended_releases(sign_offs: Iterable[SignOff]) -> list[Release]:
    """Open releases (live or scheduled) that end when all of these are revoked. Three queries, however many."""
    going = {each.pk: each.document_id for each in sign_offs}
    documents, now = set(going.values()), timezone.now()
    editions = {
        each.pk: each for each in Edition.objects.filter(document__in=documents).defer("content").order_by("sequence")
    }
    for each in editions.values():
        # What it rests on is of the same document, so nothing more has to be asked.
        each.base_edition, each.source_edition = (
            editions.get(each.base_edition_id),
            editions.get(each.source_edition_id),
        )
    signers: dict[int, set[int]] = {}
    kept = SignOff.objects.filter(document__in=documents, revocation__isnull=True)
    for pk, edition, signer in kept.values_list("pk", "edition_id", "recorded_by_id"):
        if pk not in going:
            signers.setdefault(edition, set()).add(signer)
    opened = Release.objects.filter(document__in=documents).open_after(now).select_related("document")
    found = list(opened.order_by("document", "language", "released_from"))
    fallen = [each for each in found if not is_valid(editions[each.edition_id], lambda e: signers.get(e.pk, set()))]
    # The source in hand takes every language with it, as a withdrawal does.
    whole = {
        each.document_id for each in fallen if each.language == settings.SOURCE_LANGUAGE and each.released_from <= now
    }
    for each in found:
        each.edition = editions[each.edition_id]
    return [each for each in found if each in fallen or each.document_id in whole]
