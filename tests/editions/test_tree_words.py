"""Words of the tree as HTML: what must not be parted at the end of a line."""

from types import SimpleNamespace

import pytest

from editorial.editions.tree import html

ADDRESS = "/glossary/pd-l1/"
LAYOUT = html.Layout(links={ADDRESS: SimpleNamespace(url="/en/glossary/pd-l1/", opens="entry-1")})
WORD = '<button type="button" class="word" popovertarget="entry-1">marker</button>'


@pytest.mark.parametrize(
    ("following", "shown"),
    [
        (".", f'<span class="unbroken">{WORD}.</span>'),
        ("). More", f'<span class="unbroken">{WORD}).</span> More'),
        ("؟", f'<span class="unbroken">{WORD}؟</span>'),
        ("。", f'<span class="unbroken">{WORD}。</span>'),
        (" and more.", f"{WORD} and more."),
    ],
)
def test_what_ends_a_sentence_stays_with_the_word_that_opens_in_place(following, shown):
    runs = [{"text": "marker", "link": ADDRESS}, {"text": following}]
    assert html.render_words(runs, layout=LAYOUT) == shown
