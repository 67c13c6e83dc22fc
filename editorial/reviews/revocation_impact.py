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
    going = {sign_off.pk: sign_off.document_id for sign_off in sign_offs}
    documents, now = set(going.values()), timezone.now()
    editions: dict[int | None, Edition] = {}  # nothing is under None, the key of a base or source that there is not
    for edition in Edition.objects.filter(document__in=documents).defer("content").order_by("sequence"):
        editions[edition.pk] = edition
    for edition in editions.values():
        # What it rests on is of the same document, so nothing more has to be asked.
        edition.base_edition = editions.get(edition.base_edition_id)
        edition.source_edition = editions.get(edition.source_edition_id)
    signers: dict[int, set[int]] = {}
    kept = SignOff.objects.filter(document__in=documents, revocation__isnull=True)
    for pk, edition_id, signer_id in kept.values_list("pk", "edition_id", "recorded_by_id"):
        if pk not in going:
            signers.setdefault(edition_id, set()).add(signer_id)
    opened = Release.objects.filter(document__in=documents).open_after(now).select_related("document")
    releases = list(opened.order_by("document", "language", "released_from"))
    for release in releases:
        release.edition = editions[release.edition_id]
    fallen = [
        release for release in releases if not is_valid(release.edition, lambda edition: signers.get(edition.pk, set()))
    ]
    # The source in hand takes every language with it, as a withdrawal does.
    whole = {
        release.document_id
        for release in fallen
        if release.language == settings.SOURCE_LANGUAGE and release.released_from <= now
    }
    return [release for release in releases if release in fallen or release.document_id in whole]
