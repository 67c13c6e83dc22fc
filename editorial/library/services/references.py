"""Writing references. One source is one record: a second one with the same DOI or PMID is refused."""

import re
import uuid
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.editions.blockers import Blocked, refuse_if, validation_blockers
from editorial.editions.working.copies import cite_blockers, refreshed_user, save_row
from editorial.editions.working.row_conflicts import refuse_if_changed
from editorial.editions.working.rows import set_column
from editorial.text_hygiene import clean_line

from ..models import Reference

# What people paste before a DOI and a PMID: addresses, and names.
_DOI_ADDRESS = re.compile(r"(https?://)?(www\.|dx\.)?doi\.org/", re.IGNORECASE)
_DOI_NAME = re.compile(r"^(info:|urn:)?doi[:/]?\s*", re.IGNORECASE)
_PMID_ADDRESS = re.compile(
    r"https?://(pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/(?P<pmid>[0-9]+)/?$", re.IGNORECASE
)
_PMID_NAME = re.compile(r"^pmid:?\s*", re.IGNORECASE)

_SET_ID_ADDRESS = re.compile(r"[?&]setid=(?P<set_id>[0-9a-f-]{32,36})(&|#|$)", re.IGNORECASE)

FIELDS = (
    "key", "title", "source", "doi", "pmid", "url", "accessed_on", "set_id", "label_version", "label_date",
)  # fmt: skip


class DuplicateReference(Blocked):
    """The source is known already, as `reference`."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        super().__init__([_("This source is in the library already: %(reference)s") % {"reference": reference}])


def create_reference(*, user: User, **fields: Any) -> Reference:
    """A new reference from its FIELDS. Raises Blocked, or DuplicateReference with the one that is there."""
    return _save(Reference(), fields, user=user, reason=_("created"))


def save_reference(
    reference: Reference, *, user: User, seen: int | None = None, reason: str = "", **fields: Any
) -> Reference:
    """Change a reference; its key, which texts cite, stays. Editions keep the copy that they froze.

    `seen` is what `last_seen` told when the form was opened, None for a program that reads and writes at once. Raises
    Blocked, DuplicateReference with the one that is there, or RowChanged when somebody changed the reference since.
    """
    fields.pop("key", None)
    with transaction.atomic():
        reference = Reference.objects.select_for_update().get(pk=reference.pk)
        refuse_if_changed(reference, seen, FIELDS, user=user)
        return _save(reference, fields, user=user, reason=reason)


def _save(reference: Reference, fields: dict[str, Any], *, user: User, reason: str) -> Reference:
    with transaction.atomic():
        refuse_if(cite_blockers(refreshed_user(user)))
        for name in FIELDS:
            if name in fields:
                value = fields[name]
                set_column(reference, name, clean_line(value) if isinstance(value, str) else value)
        _identify(reference)
        if same_source := _same_source(reference):
            raise DuplicateReference(same_source)
        try:
            reference.full_clean()
        except ValidationError as error:
            raise Blocked(validation_blockers(error, Reference)) from error
        try:
            with transaction.atomic():
                save_row(reference, user=user, reason=reason)
        except IntegrityError as error:  # somebody added the same source at this moment
            same_source = _same_source(reference) or Reference.objects.filter(key=reference.key).first()
            raise (DuplicateReference(same_source) if same_source else error) from error
        return reference


def _identify(reference: Reference) -> None:
    """Bring what identifies it into the one form in which it is compared, and take what only the address holds."""
    reference.doi = _doi(reference.doi)
    if not reference.doi and (doi := _doi(reference.url)).startswith("10."):
        reference.doi = doi
    reference.pmid = _PMID_NAME.sub("", reference.pmid)
    if not reference.pmid and (match := _PMID_ADDRESS.match(reference.url)):
        reference.pmid = match["pmid"]
    reference.set_id = _set_id(reference.set_id)
    if not reference.set_id and (match := _SET_ID_ADDRESS.search(reference.url)):
        reference.set_id = _set_id(match["set_id"])


def _set_id(text: str) -> str:
    """A UUID as labels write it; what is none stays as it was typed."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return text


def _doi(text: str) -> str:
    if address := _DOI_ADDRESS.match(text):
        text = unquote(text[address.end() :])
    return _DOI_NAME.sub("", text)


def _same_source(reference: Reference) -> Reference | None:
    other_references = Reference.objects.exclude(pk=reference.pk)
    if reference.doi and (same_doi := other_references.filter(doi__iexact=reference.doi).first()):
        return same_doi
    if reference.pmid and (same_pmid := other_references.filter(pmid=reference.pmid).first()):
        return same_pmid
    same_label = other_references.filter(set_id=reference.set_id, label_version=reference.label_version)
    return same_label.first() if reference.set_id else None
