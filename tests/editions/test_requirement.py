"""The requirement that is frozen onto an edition, and what meets it."""

from itertools import product

from editorial.editions.requirement import Signatures, count_missing

PEOPLE = range(4)


def test_the_requirement_is_met_just_where_enough_signed_besides_one_who_back_checked():
    """Every way in which three people, and one who contributed, may have signed and back-checked."""
    for acts in product(("", "signed", "checked", "both"), repeat=4):
        signers = {person for person in PEOPLE if acts[person] in ("signed", "both")}
        checkers = {person for person in PEOPLE if acts[person] in ("checked", "both")}
        for required, needs in product((1, 2), (False, True)):
            missing = count_missing(required, Signatures(signers, checkers), {3}, needs_back_check=needs)
            counted = signers - {3}
            wanted = len(counted) >= required
            if needs:
                wanted = any(len(counted - {checker}) >= required for checker in checkers - {3})
            assert (missing == (0, 0)) == wanted
