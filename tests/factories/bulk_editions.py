"""A page with a long past: more editions than the services could write in the time of a test, each with its records."""

from dataclasses import replace
from datetime import timedelta

from django.core.management.color import no_style
from django.db import connection

from editorial.editions.models import (
    ChainHead,
    Edition,
    EditionWording,
    EndCause,
    Record,
    Release,
    ReleaseEnd,
    Review,
    SignOff,
)
from editorial.editions.tree.nodes import digest_of, to_bytes
from editorial.reviews.models import Contributor, Extent
from tests.factories.unguarded import unguarded


def add_editions(live: Edition, count: int, *, packed_alone: bool = False) -> Edition:
    """So many copies of a page's live edition after it, each with another title, signed and released as it was, each
    based on the one before and superseding it; returns the newest.

    Their contents are packed against the live one's, or what that one was packed against, as services do it.

    The records are linked and digested as the services do, but written past the triggers; nothing else of the page may
    have been recorded after the edition was released.
    """
    past = _Past(live, None if packed_alone else live.content_base or live)
    for number in range(live.number + 1, live.number + count + 1):
        past.add(f"Title {number}")
    with unguarded():
        for model, records in past.records.items():
            model.objects.bulk_create(records, batch_size=500)
        Extent.objects.bulk_create(
            Extent(edition=edition, words=10, words_changed=1, sections_changed=1) for edition in past.records[Edition]
        )
        EditionWording.objects.bulk_create(
            EditionWording(edition=edition, says_as_id=edition.source_edition_id or edition.pk)
            for edition in past.records[Edition]
        )
        Contributor.objects.bulk_create(
            Contributor(edition=edition, user_id=person["id"])
            for edition in past.records[Edition]
            for person in edition.contributors
        )
        ChainHead.objects.filter(document=live.document).update(count=past.sequence, digest=past.digest)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(past.records)):  # the keys were given here
            cursor.execute(sql)
    return Edition.objects.get(pk=past.edition.pk)


class _Past:
    """What was recorded of a page so far, and what comes after."""

    def __init__(self, live: Edition, content_base: Edition | None) -> None:
        self.content_base = content_base
        self.edition, self.release = live, live.releases.get()
        self.tree, self.sign_off = live.tree, live.sign_offs.select_related("review").get()
        head = ChainHead.objects.get(document=live.document)
        self.sequence, self.digest = head.count, head.digest
        self.records: dict[type[Record], list] = {
            model: [] for model in (Edition, Review, SignOff, Release, ReleaseEnd)
        }
        self.keys = {
            model: model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0 for model in self.records
        }

    def add(self, title: str) -> None:
        before, at = self.edition, self.release.recorded_at + timedelta(microseconds=1)
        root = self.tree.root
        content = to_bytes(replace(self.tree, root=replace(root, words={**root.words, "title": title})))
        named = {"number": before.number + 1, "content_digest": digest_of(content), "recorded_at": at}
        rests_on = {"base_edition": before, "content_base": self.content_base}
        edition = self._append(before, **named, **rests_on, title=title, content=content)
        review = self._append(self.sign_off.review, edition=edition, recorded_at=at)
        signed = {"edition": edition, "review": review, "review_digest": review.record_digest}
        sign_off = self._append(self.sign_off, **named, **signed)
        end = ReleaseEnd(
            document=edition.document, release=self.release, released_until=at, cause=EndCause.SUPERSEDED,
            recorded_by=self.release.recorded_by, recorded_by_name=self.release.recorded_by_name,
        )  # fmt: skip
        self._append(end, recorded_at=at)
        met_by = [sign_off.record_digest]
        self.release = self._append(self.release, **named, edition=edition, released_from=at, met_by=met_by)
        self.edition = edition

    def _append(self, model: Record, **changed) -> Record:
        """A copy of a record, as the next link of the chain."""
        kind = type(model)
        columns = {field.attname: getattr(model, field.attname) for field in kind._meta.concrete_fields}
        self.keys[kind], self.sequence = self.keys[kind] + 1, self.sequence + 1
        record = kind(**columns | {"id": self.keys[kind], "sequence": self.sequence, "previous_digest": self.digest})
        for name, value in changed.items():
            setattr(record, name, value)
        record.record_digest = self.digest = record.digest()
        self.records[kind].append(record)
        return record
