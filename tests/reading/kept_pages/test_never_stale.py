"""A kept page is what Django would answer at this very moment, whatever happened since it was kept."""

from contextlib import closing, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.blockers import Blocked
from editorial.reading.kept_pages.application import KeptPagesApplication

from .asking import Told, ask
from .newsroom import STORY, Newsroom

pytestmark = pytest.mark.both_databases

# Headers that tell of the bytes as they are sent, or of how they were made.
OF_THE_BYTES = {"ETag", "Vary", "Content-Length", "Content-Encoding"}


def of_the_page(told: Told) -> tuple:
    headers = {name: value for name, value in told.headers.items() if name not in OF_THE_BYTES}
    return told.status, headers, told.body


def compare(kept: KeptPagesApplication, django, newsroom: Newsroom, act: str, addresses=()) -> None:
    for address in addresses or newsroom.addresses:
        fresh = ask(django, address)
        assert of_the_page(ask(kept, address)) == of_the_page(fresh), (act, address)
        # The second comes from memory, whatever the first did.
        assert of_the_page(ask(kept, address)) == of_the_page(fresh), (act, address)


def test_each_change_is_seen_at_once(kept, django, clock):
    newsroom = Newsroom(clock)
    compare(kept, django, newsroom, "the beginning")
    for act in STORY:
        newsroom.do(act)
        compare(kept, django, newsroom, act)


@pytest.mark.prove
@pytest.mark.long
def test_changes_in_any_order_are_seen_at_once(make_kept, django, clock):
    newsroom = Newsroom(clock)

    @given(st.lists(st.sampled_from(STORY), min_size=5, max_size=10))
    def walk(acts):
        kept = make_kept()
        with closing(kept.keeper.state):  # a database lets only so many in
            for act in acts:
                with suppress(Blocked, AttributeError):  # not possible now, so nothing changed
                    newsroom.do(act)
                compare(kept, django, newsroom, act)

    walk()


def test_two_processes_see_what_either_keeps(make_kept, django, clock):
    newsroom, both = Newsroom(clock), (make_kept(), make_kept())
    for act in ("renew_page", "take_down_page", "bring_back_page"):
        for kept in both:
            compare(kept, django, newsroom, act, ["/en/articles/page/", "/en/articles/"])
        newsroom.do(act)
        for kept in both:
            compare(kept, django, newsroom, act, ["/en/articles/page/", "/en/articles/"])
