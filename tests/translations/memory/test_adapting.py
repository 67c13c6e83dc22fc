"""A suggested text brings no link, citation or fact that the open source lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.tree import inline
from editorial.translations.memory.adapting import adapt_text

PLAIN = {"text": "Llame "}
OWN = {"text": "aquí", "link": "https://help.example/en"}
FOREIGN = {"text": "allá", "link": "https://other.example/"}
PAGE, PHONE = {"text": "página", "document": 17}, {"text": "911", "link": "tel:911"}
CITE, OTHER_CITE = {"cite": "schmid-2020"}, {"cite": "other-2021"}
FACT = {"asserts": "FDA: 2 drugs"}


@pytest.mark.parametrize(
    ("target", "source", "opened", "words", "dropped", "lacking"),
    [
        ([PLAIN, OWN], [OWN], [OWN], [PLAIN, OWN], (), ()),
        ([PLAIN, FOREIGN], [FOREIGN], [OWN], [{"text": "Llame allá"}], ("allá",), ("aquí",)),
        ([PAGE], [PAGE], "Page", "página", ("página",), ()),
        ([PHONE, CITE], [PHONE, CITE], [PHONE], [PHONE], ("[@schmid-2020]",), ()),
        ([PLAIN, CITE, OTHER_CITE], [CITE], [OTHER_CITE], [PLAIN, OTHER_CITE], ("[@schmid-2020]",), ()),
        ([CITE, CITE], [CITE, CITE], [CITE], [CITE], ("[@schmid-2020]",), ()),
        ([PLAIN, FACT], [FACT], [{"text": "Call"}], [{"text": "Llame"}], ("[=FDA: 2 drugs]",), ()),
        ("Llame", "Call", [{"text": "Call"}, CITE], [{"text": "Llame"}], (), ("[@schmid-2020]",)),
        ("Llame [@other-2021]", "Call", [{"text": "Call"}], [{"text": "Llame"}], ("[@other-2021]",), ()),
    ],
)
def test_tags_are_those_of_the_open_source(target, source, opened, words, dropped, lacking):
    adapted = adapt_text(target, source, opened)
    assert (adapted.words, adapted.dropped, adapted.lacking) == (words, dropped, lacking)


def test_a_page_in_the_readers_language_stays_where_both_sources_link_to_the_same_page():
    spanish = {"text": "aquí", "link": "https://help.example/es"}
    assert adapt_text([spanish], [OWN], [OWN]).words == [spanish]
    elsewhere = {"text": "there", "link": "https://help.example/en/other"}
    assert adapt_text([spanish], [OWN, elsewhere], [OWN]).words == [{"text": "aquí"}]


runs = st.lists(
    st.sampled_from([PLAIN, OWN, FOREIGN, PAGE, PHONE, CITE, OTHER_CITE, FACT, {"break": True}]), max_size=6
)


@given(target=runs, source=runs, opened=runs)
def test_whatever_is_adapted_brings_nothing_foreign(target, source, opened):
    words = adapt_text(target, source, opened).words
    assert {inline.address(run) for run in words} <= {inline.address(run) for run in opened} | {""}
    assert inline.cites(words) <= inline.cites(opened)
    assert inline.facts(words) <= inline.facts(opened)
