"""The requirement that is frozen onto an edition, and whether the sign-offs on it meet it. Pure functions.

Sign-offs are by people who read the edition. A back-check is by somebody else, who read a translation before its
source: where one is needed, somebody made it, and without that person enough others signed. An edition may be asked
for none because its base had one: where that is revoked, and the base falls, it needs its own.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from .models import Meaning


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signed one edition, by their keys, of the sign-offs that are not revoked."""

    signers: set[int] = field(default_factory=set)
    back_checkers: set[int] = field(default_factory=set)
    asks_back_check: bool = False  # whether one of the signers asked for it

    def add(self, person: int, meaning: str, *, asks_back_check: bool) -> "Signatures":
        """The same with one sign-off more."""
        is_back_check = meaning == Meaning.BACK_CHECKED
        return Signatures(
            self.signers | (set() if is_back_check else {person}),
            self.back_checkers | ({person} if is_back_check else set()),
            self.asks_back_check or asks_back_check,
        )

    @property
    def people(self) -> set[int]:
        return self.signers | self.back_checkers


def collect_signatures(sign_offs: Iterable[tuple[int, str, bool]]) -> Signatures:
    """Of (person, meaning, whether they asked for a back-check)."""
    signatures = Signatures()
    for person, meaning, asks in sign_offs:
        signatures = signatures.add(person, meaning, asks_back_check=asks)
    return signatures


def count_missing(
    required: int, signatures: Signatures, contributors: Collection[int], *, needs_back_check: bool
) -> tuple[int, int]:
    """(sign-offs, back-checks) that are missing. `required` and `needs_back_check` are what is frozen onto the edition.

    What a contributor signed does not count. One person is not counted for both: what they are missed for least.
    """
    wrote = set(contributors)
    signers, checkers = signatures.signers - wrote, signatures.back_checkers - wrote
    if not (needs_back_check or signatures.asks_back_check):
        return max(required - len(signers), 0), 0
    if not checkers:
        return max(required - len(signers), 0), 1
    others = max(len(signers - {checker}) for checker in checkers)
    return max(required - others, 0), 0


def is_met(required: int, signatures: Signatures, contributors: Collection[int], *, needs_back_check: bool) -> bool:
    return count_missing(required, signatures, contributors, needs_back_check=needs_back_check) == (0, 0)


def lacks_back_check(signatures: Signatures, contributors: Collection[int], *, needs_back_check: bool) -> bool:
    """Whether an edition needs a back-check that nobody made, or whose sign-off was revoked."""
    return count_missing(0, signatures, contributors, needs_back_check=needs_back_check)[1] > 0
