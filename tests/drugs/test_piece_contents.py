"""What a piece says that it shows of a monograph is what its template shows, to the word."""

from dataclasses import replace

import pytest

from drugs import piece_contents
from drugs.kind import MonographKind
from editorial.editions.tree.nodes import Node
from tests.drugs import rendering, trees

PIECES = MonographKind.embedding.pieces
ALL = trees.every_state()


def other_value(name: str, value):
    """Another value that the attribute may have."""
    known = {
        "care": {"emergency": "urgent"}, "kind": {"narrowed": "converted"}, "pathway": {"accelerated": "regular"},
        "comparison": {">=": ">", "": ">="}, "unit": {"mg": "mg-per-kg", "mg-per-kg": "mg"},
        "every_unit": {"weeks": "days", "days": "weeks"},
        "route": {"vein": "skin", "skin": "vein", "mouth": "muscle"}, "partner": {"": "other", "other": ""},
        "longest_unit": {"months": "weeks"}, "weight_comparison": {">": ">="}, "days": {"1, 8": "1, 9", "1-21": "1-20"},
        "until": {"progression": "recurrence"}, "age": {"children": "adults"}, "most": {"200": "201"},
        "approval": {"a-solid": "a-early", "a-gone": "a-late"}, "her2": {"low": "negative"}, "joined": {"or": "and"},
        "hormone_receptors": {"negative": "positive"}, "setting": {"metastatic": "maintenance"},
        "sex": {"female": "male"}, "prior": {"platinum": "endocrine"}, "biomarker_2": {"m-2": "m-1"},
    }.get(name, {})  # fmt: skip
    if name in ("on", "verified_on", "accessed"):
        return value[:8] + ("02" if value[8:] != "02" else "03")
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return known.get(value, "m-2" if name == "biomarker" else "emergency" if name == "care" else f"{value}9")


def one_change_each(root: Node):
    """(what changed, the tree with just that changed): each word, each attribute, each block gone, each moved."""
    for name, value in root.words.items():
        yield f"{root.id} {name}", replace(root, words={**root.words, name: "Other" if isinstance(value, str) else []})
    for name, value in root.attrs.items():
        yield f"{root.id} {name}", replace(root, attrs={**root.attrs, name: other_value(name, value)})
    for place, child in enumerate(root.children):
        rest = root.children[:place], root.children[place + 1 :]
        yield f"{child.id} gone", replace(root, children=rest[0] + rest[1])
        if rest[0]:
            moved = (*rest[0][:-1], child, rest[0][-1], *rest[1])
            yield f"{child.id} moved", replace(root, children=moved)
        for what, changed in one_change_each(child):
            yield what, replace(root, children=(*rest[0], changed, *rest[1]))


def shown(name: str, root: Node) -> bytes:
    return rendering.piece(PIECES[name].template.split("/")[-1].removesuffix(".html"), root).content


@pytest.mark.parametrize("name", PIECES)
def test_a_piece_has_other_content_exactly_where_readers_see_another_piece(name):
    content, html = PIECES[name].content, shown(name, ALL)
    changes = list(one_change_each(ALL))
    seen = {what for what, root in changes if shown(name, root) != html}
    assert {what for what, root in changes if content(root) != content(ALL)} == seen
    assert seen and len(seen) < len(changes)


def test_what_partners_repeat_is_its_own_boxed_warnings():
    content = piece_contents.boxed_warnings_content
    changed = {what for what, root in one_change_each(ALL) if content(root) != content(ALL)}
    assert changed == {
        "boxed-warnings gone", "w-own gone", "w-own title", "w-own text", "w-own partner", "w-partner partner",
    }  # fmt: skip


def test_what_is_said_until_an_announced_withdrawal_holds_counts_too():
    gone = trees.event("withdrawn-by-sponsor", "2027-01-01", announced="2026-11-24")
    events = (*trees.history("regular 2020-01-01"), gone)
    roots = [
        trees.monograph(trees.part("approvals", trees.approval("a", events, words={"plain": plain})))
        for plain in ("For some.", "For others.")
    ]
    for name in ("approvals", "card"):
        before, after = map(PIECES[name].content, roots)
        assert before != after
