"""Hypothesis strategies for content: words, runs, blocks and whole trees, as the parser makes them."""

from hypothesis import settings
from hypothesis import strategies as st

from editorial.editions.tree import inline
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.tree.prose import with_fresh_ids
from tests import PROVING

# For tests of whole trees, which take long to make up: `make prove` tries all.
few_examples = settings(max_examples=settings().max_examples if PROVING else 8)

# Latin with marks, Arabic, Chinese, digits, what HTML escapes, a right-to-left mark, an emoji.
LETTERS = "abcdefghij éß أبتث 中文字 0123456789 <>&\"' .,;!?()-\u200f🙂"

texts = st.text(LETTERS, min_size=1, max_size=30)
keys = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
ASSERTIONS = [{"asserts": "FDA: 2 drugs for triple-negative"}, {"asserts": 'EMA: no drug for <breast> & "more"'}]
LINKS = ["https://example.org/a?b=1&c=2", "mailto:a@example.org", "tel:+1 555", "/en/articles/"]


# A text is marked and linked in two draws, most often not at all: examples have hundreds.
marks = st.sampled_from(
    [[]] * 8
    + [
        sorted({*base, *height})
        for base in ([], ["em"], ["strong"], ["em", "strong"])
        for height in ([], ["sub"], ["sup"])
    ]
)
links = st.sampled_from([""] * 12 + LINKS)


def text_run(text: str, marked: list[str], link: str) -> dict:
    return {"text": text} | ({"marks": marked} if marked else {}) | ({"link": link} if link else {})


text_runs = st.builds(text_run, texts, marks, links)


def runs(min_size: int = 1):
    """Words with marks, links, citations, assertions and breaks, as `normalise` leaves them; never empty."""
    marks_of_no_words = st.one_of(
        st.builds(lambda key: {"cite": key}, keys), st.just({"break": True}), st.sampled_from(ASSERTIONS)
    )
    run = st.one_of(text_runs, text_runs, marks_of_no_words)
    return st.lists(run, min_size=min_size, max_size=5).map(inline.normalise).filter(bool)


plain_words = texts.map(lambda text: " ".join(text.split())).filter(bool)
paragraphs = runs().map(lambda words: Node("paragraph", "", words={"text": words}))
subheadings = plain_words.map(lambda words: Node("subheading", "", words={"text": words}))


lower_subheadings = plain_words.map(lambda words: Node("subheading", "", {"level": 4}, {"text": words}))
headed = st.one_of(  # no level is skipped
    subheadings.map(lambda one: (one,)),
    st.tuples(subheadings, paragraphs, lower_subheadings),
    st.tuples(subheadings, lower_subheadings),
)
list_attrs = st.one_of(
    st.just({"ordered": False}),
    st.just({"ordered": True}),
    st.integers(0, 9999).filter(lambda start: start != 1).map(lambda start: {"ordered": True, "start": start}),
)


def lists_of(items):
    return st.builds(
        lambda attrs, children: Node("list", "", attrs, children=tuple(children)),
        list_attrs,
        st.lists(items, min_size=1, max_size=3),
    )


@st.composite
def tables(draw):
    """A table with some words in it; of one row or one column, headings are what the parser calls them."""
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    texts = [[draw(st.one_of(runs(), st.just([]))) for _ in range(width)] for _ in range(height)]
    caption = draw(plain_words | st.just(""))
    if not caption and not any(words for row in texts for words in row):
        texts[0][0] = [{"text": "x"}]
    header = draw(st.sampled_from(["none", "row", "column", "both"]))
    if height == 1:
        header = {"row": "both"}.get(header, header) if width > 1 else {"none": "none"}.get(header, "both")
    elif width == 1:
        header = {"column": "both"}.get(header, header)
    rows = tuple(
        Node("row", "", children=tuple(Node("cell", "", words={"text": words}) for words in row)) for row in texts
    )
    words = {"caption": caption} if caption else {}
    return Node("table", "", {"header": header, "columns": [""] * width}, words, rows)


def items(below):
    return st.builds(
        lambda words, children: Node("item", "", words={"text": words}, children=tuple(children)),
        runs(),
        st.lists(below, max_size=2),
    )


inner = st.one_of(paragraphs, lists_of(items(paragraphs)), tables())
some = st.one_of(
    *[one.map(lambda block: (block,)) for one in (paragraphs, paragraphs, lists_of(items(inner)), tables())], headed
)
blocks = st.lists(some, max_size=5).map(lambda found: with_fresh_ids(tuple(block for item in found for block in item)))


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
