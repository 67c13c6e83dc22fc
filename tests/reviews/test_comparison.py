"""What a reviewer compares an edition with: what they know already, unless they ask for another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.reviews.comparison import choose_comparison
from editorial.reviews.services import send_back
from tests.factories import pages, people
from tests.factories.workplace import at_work
from tests.layers import layer

BACK = "24, not 42."


@layer
def resubmitted(opened_workplace):
    """(released edition 1, edition 2 that the reviewer sent back, edition 3)."""
    with at_work(opened_workplace) as desk:
        first, second = desk.published("One"), desk.submitted("Two")
        send_back(second, user=desk.reviewer, remarks=BACK)
        return first, second, desk.submitted("Three")


def labels(comparison) -> list[str]:
    return [option.label for option in comparison.options]


def test_a_resubmission_is_compared_with_the_edition_that_this_reviewer_sent_back(desk, resubmitted):
    first, second, third = resubmitted
    comparison = choose_comparison(third, desk.reviewer)
    assert (comparison.base, comparison.signed, comparison.seen) == (second, first, second)
    assert labels(comparison) == ["Edition 2, which you sent back", "Edition 1, last signed"]
    assert [option.key for option in comparison.options] == ["l", "s"]  # its shortcuts on the page


def test_who_saw_nothing_of_it_compares_with_the_last_signed_edition(desk, resubmitted):
    first, _second, third = resubmitted
    comparison = choose_comparison(third, people.reviewer())
    assert (comparison.base, comparison.seen) == (first, None)
    assert labels(comparison) == ["Edition 1, last signed", "Edition 2, the one before"]


def test_a_first_edition_that_comes_back_is_compared_with_what_was_sent_back(desk):
    first = desk.submitted("One")
    send_back(first, user=desk.reviewer, remarks=BACK)
    second = desk.submitted("Two")
    assert choose_comparison(second, desk.reviewer).base == first
    assert choose_comparison(second, people.reviewer()).base is None


def test_what_this_reviewer_signed_long_ago_is_offered_and_the_last_signed_one_is_shown(desk):
    other = people.reviewer()
    first, second = desk.published("One"), desk.submitted("Two")
    pages.sign(second, other)
    third = desk.submitted("Three")
    comparison = choose_comparison(third, desk.reviewer)
    assert (comparison.base, comparison.seen) == (second, first)
    assert labels(comparison) == ["Edition 1, which you signed", "Edition 2, last signed"]


@pytest.mark.parametrize(("wanted", "number"), [("1", 1), ("2", 2), ("01", 1)])
def test_any_edition_of_the_page_can_be_asked_for(desk, resubmitted, wanted, number):
    comparison = choose_comparison(resubmitted[2], desk.reviewer, wanted)
    assert (comparison.base.number, comparison.query, comparison.unknown) == (number, f"?with={number}", "")


def test_an_older_edition_can_be_compared_with_a_newer_one(desk, resubmitted):
    first, _second, third = resubmitted
    assert choose_comparison(first, desk.reviewer, "3").base == third


@pytest.mark.parametrize("wanted", ["0", "3", "9", "-1", "+1", "٢", "x", "9" * 400, "1.0"])
def test_a_number_that_is_no_other_edition_is_named_and_the_usual_comparison_shown(desk, resubmitted, wanted):
    comparison = choose_comparison(resubmitted[2], desk.reviewer, wanted)
    assert (comparison.base, comparison.unknown, comparison.query) == (resubmitted[1], wanted, "")


def test_editions_of_another_page_or_language_are_never_offered(desk, resubmitted):
    other = pages.article(desk.author)
    pages.publish(other, desk.author, desk.reviewer)
    pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    comparison = choose_comparison(resubmitted[2], desk.reviewer)
    offered = [option.edition for option in comparison.options] + list(comparison.others)
    assert {(edition.document_id, edition.language) for edition in offered} == {(desk.document.pk, "en")}


def test_choosing_costs_the_same_however_many_editions_there_are(desk, resubmitted):
    def count(edition) -> int:
        with CaptureQueriesContext(connection) as queries:
            choose_comparison(edition, desk.reviewer)
        return len(queries)

    few = count(resubmitted[2])
    later = [desk.submitted(f"{number}") for number in range(15)]
    assert count(later[-1]) <= few + 1  # the edition before it is neither signed nor seen
    assert len(choose_comparison(later[-1], desk.reviewer).others) == 12
