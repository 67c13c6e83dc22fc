"""What would leave the public pages if some sign-offs were revoked, before anybody revokes them.

The rule itself is in editions/validity.py; here it is asked without those sign-offs, of all documents at once.
"""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from editorial.editions.models import Release, SignOff
from editorial.editions.validity import Validity


def find_ended_releases(sign_offs: Iterable[SignOff]) -> list[Release]:
    """Open releases (live or scheduled) that end when all of these are revoked. The same queries, however many."""
    going = {sign_off.pk: sign_off.document_id for sign_off in sign_offs}
    documents, now = set(going.values()), timezone.now()
    opened = Release.objects.filter(document__in=documents).open_after(now)
    opened = opened.select_related("document", "edition").defer("edition__content")
    releases = list(opened.order_by("document", "language", "released_from"))
    validity = Validity([release.edition_id for release in releases], without=going)
    fallen = [release for release in releases if not validity.is_valid(release.edition_id)]
    # The source in hand takes every language with it, as a withdrawal does.
    whole = {
        release.document_id
        for release in fallen
        if release.language == settings.SOURCE_LANGUAGE and release.released_from <= now
    }
    return [release for release in releases if release in fallen or release.document_id in whole]
