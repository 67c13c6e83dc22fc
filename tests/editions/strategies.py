"""Hypothesis strategies for content: words, runs, blocks and whole trees, as the parser makes them."""

from hypothesis import strategies as st

from editorial.editions.tree import inline
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.tree.prose import with_fresh_ids

# Latin with marks, Arabic, Chinese, digits, what HTML escapes, a right-to-left mark, an emoji.
LETTERS = "abcdefghij éß أبتث 中文字 0123456789 <>&\"' .,;!?()-\u200f🙂"

texts = st.text(LETTERS, min_size=1, max_size=30)
keys = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
links = st.sampled_from(["https://example.org/a?b=1&c=2", "mailto:a@example.org", "tel:+1 555", "/en/articles/"])


@st.composite
def text_runs(draw):
    run = {"text": draw(texts)}
    if marks := draw(st.sets(st.sampled_from(["em", "strong"]))):
        run["marks"] = sorted(marks)
    if draw(st.integers(0, 4)) == 0:
        run["link"] = draw(links)
    return run


def runs(min_size: int = 1):
    """Words with marks, links, citations and breaks, as `normalise` leaves them; never empty."""
    each = st.one_of(text_runs(), text_runs(), st.builds(lambda key: {"cite": key}, keys), st.just({"break": True}))
    return st.lists(each, min_size=min_size, max_size=5).map(inline.normalise).filter(bool)


plain_words = texts.map(lambda text: " ".join(text.split())).filter(bool)
paragraphs = runs().map(lambda words: Node("paragraph", "", words={"text": words}))
subheadings = plain_words.map(lambda words: Node("subheading", "", words={"text": words}))


def lists_of(items):
    return st.builds(
        lambda ordered, children: Node("list", "", {"ordered": ordered}, children=tuple(children)),
        st.booleans(),
        st.lists(items, min_size=1, max_size=3),
    )


def items(below):
    return st.builds(
        lambda words, children: Node("item", "", words={"text": words}, children=tuple(children)),
        runs(),
        st.lists(below, max_size=2),
    )


inner = st.one_of(paragraphs, lists_of(items(paragraphs)))
blocks = st.lists(st.one_of(paragraphs, paragraphs, subheadings, lists_of(items(inner))), max_size=5).map(
    lambda found: with_fresh_ids(tuple(found))
)


@st.composite
def trees(draw, language: str = "en"):
    """A small document: a title, a lead, sections of prose, references."""
    sections = tuple(
        Node(
            "section",
            f"s-{number}",
            {"group": draw(st.sampled_from(["overview", "risks"]))},
            {"heading": heading},
            body,
        )
        for number, (heading, body) in enumerate(draw(st.lists(st.tuples(plain_words, blocks), max_size=3)))
    )
    words = {"title": draw(plain_words), "lead": draw(plain_words | st.just(""))}
    return Tree("article", language, Node("article", "article", words=words, children=sections))
