"""Stable ids: a block keeps its id when a person would call it the same, and only then."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.tree import inline, prose
from editorial.editions.tree.align import keep_ids
from editorial.editions.tree.nodes import Node
from tests.editions.strategies import blocks, few_examples


def paragraph(text: str, block_id: str = "") -> Node:
    return Node("paragraph", block_id, words={"text": inline.from_text(text)})


def ids(found) -> list[str]:
    return [node.id for block in found for node in block.walk()]


@dataclass
class Edited:
    """A paragraph after somebody's work, and the id that a person would expect: None for a new one."""

    words: list[str]
    expected: str | None


@st.composite
def revisions(draw):
    """(old blocks, what somebody made of them). Each block has words of its own, so that a person is never in doubt."""
    names = [f"b-{number}" for number in range(draw(st.integers(1, 7)))]
    old = {name: [f"w{name}x{place}" for place in range(draw(st.integers(6, 12)))] for name in names}
    fresh = (f"new{number}" for number in range(1000))
    new: list[Edited] = []
    left = list(names)
    while left:
        name = left.pop(0)
        words = list(old[name])
        work = draw(st.sampled_from(["keep", "keep", "edit", "delete", "insert", "split", "merge", "rewrite"]))
        if work == "edit":
            for place in draw(st.sets(st.integers(0, len(words) - 1), min_size=1, max_size=2)):
                words[place] = next(fresh)
        if work == "rewrite":
            new.append(Edited([next(fresh) for _ in words], None))
        elif work == "insert":
            new += [Edited([next(fresh) for _ in range(6)], None), Edited(words, name)]
        elif work == "split":
            halves = len(words) / 2
            at = draw(st.sampled_from([at for at in range(2, len(words) - 1) if at != halves]))
            parts = [words[:at], words[at:]]
            larger = max(parts, key=len)
            new += [Edited(part, name if part is larger else None) for part in parts]
        elif work == "merge" and left and len(old[left[0]]) != len(words):
            other = left.pop(0)
            new.append(Edited(words + old[other], max(name, other, key=lambda place: len(old[place]))))
        elif work != "delete":
            new.append(Edited(words, name))
    if draw(st.booleans()):
        new = draw(st.permutations(new))
    return [paragraph(" ".join(words), name) for name, words in old.items()], new


@given(revisions())
def test_ids_are_those_that_a_person_would_expect(revision):
    old, new = revision
    result = keep_ids(tuple(old), tuple(paragraph(" ".join(entry.words)) for entry in new))
    known = {block.id for block in old}
    assert [block.id if block.id in known else None for block in result] == [entry.expected for entry in new]


@given(revisions())
def test_items_of_a_list_keep_their_ids_like_paragraphs(revision):
    old, new = revision

    def listed(found, list_id=""):
        items = tuple(Node("item", block.id, words=block.words) for block in found)
        return (Node("list", list_id, {"ordered": False}, children=items),) if items else ()

    result = keep_ids(listed(old, "b-list"), listed([paragraph(" ".join(entry.words)) for entry in new]))
    known = {block.id for block in old}
    children = result[0].children if result else ()
    assert [item.id if item.id in known else None for item in children] == [entry.expected for entry in new]
    if any(entry.expected for entry in new):
        assert result[0].id == "b-list"


@given(blocks, blocks)
@few_examples
def test_ids_stay_unique_and_only_ids_change(old, new):
    result = keep_ids(old, new)
    assert len(set(ids(result))) == len(ids(result))
    assert "" not in ids(result)
    assert prose.write(_bare(result)) == prose.write(_bare(new))


def _bare(found) -> tuple[Node, ...]:
    return tuple(Node(node.type, "", node.attrs, node.words, _bare(node.children)) for node in found)


@given(blocks)
def test_saving_without_a_change_keeps_every_id(found):
    # Equal blocks are told apart by their order alone, which is all that a person could go by.
    assert ids(keep_ids(found, _bare(found))) == ids(found)


@given(blocks, blocks)
@few_examples
def test_saving_twice_keeps_the_ids_of_the_first_time(old, new):
    once = keep_ids(old, new)
    assert ids(keep_ids(once, _bare(once))) == ids(once)


def test_pasted_ids_are_ignored():
    old = (paragraph("the immune system", "b-1"), paragraph("another thing entirely", "b-2"))
    new = (paragraph("something quite new here", "b-1"), paragraph("the immune system", "b-2"))
    first, second = keep_ids(old, new)
    assert first.id not in ("b-1", "b-2")
    assert second.id == "b-1"


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Call your doctor at once.", "Call your doctor or nurse at once.", True),
        ("You receive 200 mg every 3 weeks.", "You receive 400 mg every 6 weeks.", True),
        ("It helps the immune system.", "it helps the immune system", True),
        ("Call your doctor.", "Dogs bark loudly.", False),
        ("Immunotherapy helps the body.", "Side effects include fever.", False),
        ("它帮助免疫系统找到癌细胞", "它帮助免疫系统消灭癌细胞", True),
        ("它帮助免疫系统", "副作用包括发烧", False),
        ("اتصل بطبيبك على الفور", "اتصل بطبيبك اليوم على الفور", True),
    ],
)
def test_block_is_the_same(old, new, same):
    (result,) = keep_ids((paragraph(old, "b-1"),), (paragraph(new),))
    assert (result.id == "b-1") is same


def test_marks_and_links_do_not_cost_an_id():
    marked = Node("paragraph", "", words={"text": [{"text": "Call at once", "marks": ["strong"]}]})
    (result,) = keep_ids((paragraph("Call at once", "b-1"),), (marked,))
    assert result.id == "b-1"


def test_equal_blocks_keep_their_order():
    old = (paragraph("Same words", "b-1"), paragraph("Same words", "b-2"))
    assert ids(keep_ids(old, (paragraph("Same words"), paragraph("Same words")))) == ["b-1", "b-2"]


def test_a_list_split_in_two_stays_one_of_them():
    items = tuple(Node("item", f"b-{n}", words={"text": inline.from_text(f"item number {n}")}) for n in range(5))
    old = (Node("list", "b-list", {"ordered": False}, children=items),)
    new = (
        Node("list", "", {"ordered": False}, children=items[:2]),
        Node("list", "", {"ordered": True}, children=items[2:]),
    )
    first, second = keep_ids(old, _bare(new))
    assert {first.id, second.id} - {"b-list"} and first.id != second.id and "b-list" in (first.id, second.id)
    assert [item.id for entry in (first, second) for item in entry.children] == [item.id for item in items]
