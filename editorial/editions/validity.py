"""Whether an edition stands: whether enough people signed it who wrote none of what their signature has to cover.

An edition's frozen contributors are those since its base, the edition released before it. While the base stands, its
words are covered by its own signatures. When they are revoked, the base's contributors count again: nobody's words may
rest on their own name alone.
"""

from collections.abc import Callable, Iterator

from .models import Edition, SignOff

Signers = Callable[[Edition], set[int]]


def unrevoked_signer_ids(edition: Edition) -> set[int]:
    """Ids of the people whose sign-offs on this edition are not revoked."""
    sign_offs = SignOff.objects.filter(edition=edition, revocation__isnull=True)
    return set(sign_offs.values_list("recorded_by_id", flat=True))


def contributor_ids(edition: Edition, signers: Signers = unrevoked_signer_ids) -> set[int]:
    """Ids of the people who may not sign this edition: its own contributors, and those of bases that do not stand."""
    ids: set[int] = set()
    for unsigned in _with_unsigned_bases(edition, signers):
        ids |= {person["id"] for person in unsigned.contributors}
    return ids


def _with_unsigned_bases(edition: Edition, signers: Signers) -> Iterator[Edition]:
    yield edition
    base = edition.base_edition
    while base is not None and not is_valid(base, signers):
        yield base
        base = base.base_edition


def counted_signer_ids(edition: Edition, signers: Signers = unrevoked_signer_ids) -> set[int]:
    """Those whose sign-offs count: who wrote none of what their signature has to cover."""
    return signers(edition) - contributor_ids(edition, signers)


def is_valid(edition: Edition, signers: Signers = unrevoked_signer_ids) -> bool:
    """Whether the sign-offs that are not revoked meet the frozen requirement, and so do those of its source.

    `signers` tells whose sign-offs on an edition stand: with another one, whether it would.
    """
    if len(counted_signer_ids(edition, signers)) < edition.required_sign_offs:
        return False
    return edition.source_edition is None or is_valid(edition.source_edition, signers)


def valid_base(edition: Edition) -> Edition | None:
    """The edition that this one is compared with: the one released before it, while that stands."""
    return edition.base_edition if edition.base_edition and is_valid(edition.base_edition) else None
