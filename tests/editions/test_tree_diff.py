"""What changed between two trees: exact, whatever the script, and nothing changed goes unsaid."""

from dataclasses import replace

import pytest
from hypothesis import given

from editorial.editions.tree import diff, inline
from editorial.editions.tree.nodes import Node, Tree
from tests.editions.strategies import few_examples, runs, texts, trees


def tree(*children: Node) -> Tree:
    return Tree("article", "en", Node("article", "article", words={"title": "T"}, children=children))


def paragraph(words, block_id: str = "b-1") -> Node:
    return Node("paragraph", block_id, words={"text": inline.from_text(words) if isinstance(words, str) else words})


def section(name: str, *children: Node, **attrs) -> Node:
    return Node("section", name, attrs, {"heading": f"About {name}"}, children)


def found(old: Tree, new: Tree) -> dict[str, diff.Change]:
    """{block id: change} of all blocks that are not the same."""
    return {change.node.id: change for change in diff.compare_trees(old, new) if change.status != "same"}


@given(texts, texts)
def test_word_parts_hold_both_texts(old, new):
    parts = diff.word_parts(old, new)
    assert "".join(text for status, text in parts if status != "added") == old
    assert "".join(text for status, text in parts if status != "removed") == new


@given(runs(), runs())
def test_block_parts_hold_both_texts(old, new):
    change = diff.compare_trees(tree(paragraph(old)), tree(paragraph(new)))[1]
    parts = change.parts["text"]
    assert "".join(text for status, text in parts if status != "added") == diff.comparable_text(old)
    assert "".join(text for status, text in parts if status != "removed") == diff.comparable_text(new)


@given(trees())
@few_examples
def test_a_tree_has_not_changed_from_itself(same):
    assert {change.status for change in diff.compare_trees(same, same)} == {"same"}


@given(trees())
@few_examples
def test_everything_is_added_where_nothing_was_signed_before(new):
    changes = diff.compare_trees(None, new)
    assert {change.status for change in changes} == {"added"}
    assert [change.node.id for change in changes] == [node.id for node in new.walk()]


@given(trees(), trees())
@few_examples
def test_every_block_of_both_trees_is_listed_once(old, new):
    changes = diff.compare_trees(old, new)
    assert [change.node for change in changes if change.status != "removed"] == list(new.walk())
    assert sorted(change.old.id for change in changes if change.old) == sorted(node.id for node in old.walk())


@given(trees(), trees())
@few_examples
def test_the_change_of_every_block_holds_what_it_said_and_says(old, new):
    for change in diff.compare_trees(old, new):
        for without, node in (("added", change.old), ("removed", change.node if change.status != "removed" else None)):
            texts = {
                name: "".join(text for status, text in parts if status != without)
                for name, parts in change.parts.items()
            }
            said = {name: diff.comparable_text(words) for name, words in node.words.items()} if node else {}
            assert {name: text for name, text in texts.items() if text} == {k: v for k, v in said.items() if v}


@given(trees(), trees())
@few_examples
def test_what_is_called_unchanged_or_moved_says_the_same(old, new):
    for change in diff.compare_trees(old, new):
        if change.status in ("same", "moved"):
            before, now = change.old, change.node
            assert (before.type, before.words, before.facts) == (now.type, now.words, now.facts)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("87 of 100", "82 of 100", [("removed", "87"), ("added", "82"), ("same", " of 100")]),
        (
            "它帮助免疫系统",
            "它支持免疫系统",
            [("same", "它"), ("removed", "帮助"), ("added", "支持"), ("same", "免疫系统")],
        ),
        ("اتصل الآن", "اتصل اليوم", [("same", "اتصل"), ("removed", " الآن"), ("added", " اليوم")]),
        ("a b", "a b", [("same", "a b")]),
        ("", "a", [("added", "a")]),
        ("a", "", [("removed", "a")]),
        ("", "", []),
        ("do not call", "do call", [("same", "do"), ("removed", " not"), ("same", " call")]),
    ],
)
def test_word_parts(old, new, parts):
    assert diff.word_parts(old, new) == parts


def test_changed_digit_is_one_changed_word():
    (change,) = found(tree(paragraph("Take 200 mg.")), tree(paragraph("Take 400 mg."))).values()
    assert change.status == "changed"
    assert [part for part in change.parts["text"] if part[0] != "same"] == [("removed", " 200"), ("added", " 400")]


def test_edited_item_of_a_list_is_the_only_change():
    def listed(*words):
        items = tuple(Node("item", f"b-{n}", words={"text": inline.from_text(text)}) for n, text in enumerate(words))
        return tree(Node("list", "b-list", {"ordered": False}, children=items))

    assert found(listed("fever", "rash", "cough"), listed("fever", "skin rash", "cough")).keys() == {"b-1"}


def test_a_section_that_moved_is_told_once_and_what_stands_in_it_is_the_same():
    a, b, c = (section(name, paragraph(f"words of {name}", f"b-{name}")) for name in "abc")
    changes = found(tree(a, b, c), tree(c, a, b))
    assert {name: change.status for name, change in changes.items()} == {"c": "moved"}


def test_removed_block_stands_where_it_stood():
    a, b, c = (paragraph(f"words {name}", name) for name in "abc")
    changes = diff.compare_trees(tree(a, b, c), tree(a, c))
    assert [(change.node.id, change.status) for change in changes][1:] == [
        ("a", "same"),
        ("b", "removed"),
        ("c", "same"),
    ]


def test_changed_care_level_is_told_with_both_values():
    (change,) = found(tree(section("s", care="urgent")), tree(section("s", care="emergency"))).values()
    assert (change.status, change.attrs) == ("changed", [("care", "urgent", "emergency")])


MEANING = [
    ("bold added", [{"text": "call now"}], [{"text": "call "}, {"text": "now", "marks": ["strong"]}]),
    ("emphasis changed", [{"text": "a", "marks": ["em"]}], [{"text": "a", "marks": ["strong"]}]),
    ("link added", [{"text": "a"}], [{"text": "a", "link": "https://x.org"}]),
    ("link changed", [{"text": "a", "link": "https://x.org"}], [{"text": "a", "link": "https://y.org"}]),
    ("citation added", [{"text": "a"}], [{"text": "a"}, {"cite": "x-1"}]),
    ("citation changed", [{"text": "a"}, {"cite": "x-1"}], [{"text": "a"}, {"cite": "x-2"}]),
    ("line break added", [{"text": "a b"}], [{"text": "a"}, {"break": True}, {"text": "b"}]),
    ("direction mark added", [{"text": "a"}], [{"text": "\u200fa"}]),
    ("letter in another script", [{"text": "a"}], [{"text": "а"}]),
]


@pytest.mark.parametrize(("old", "new"), [pytest.param(*rest, id=name) for name, *rest in MEANING])
def test_every_difference_of_the_words_is_told(old, new):
    assert found(tree(paragraph(old)), tree(paragraph(new)))["b-1"].status == "changed"


def test_white_space_that_people_type_makes_no_change():
    assert found(tree(paragraph("a  b\n c ")), tree(paragraph(" a b c"))) == {}


def test_a_paragraph_made_a_subheading_is_told():
    heading = Node("subheading", "b-1", words={"text": "Call now"})
    assert "b-1" in found(tree(paragraph("Call now")), tree(heading))


def test_an_item_put_below_another_is_told():
    def item(name, *children):
        return Node("item", name, words={"text": [{"text": f"words {name}"}]}, children=children)

    flat = Node("list", "l", {"ordered": False}, children=(item("a"), item("b"), item("c")))
    below = Node("list", "l", {"ordered": False}, children=(item("a"), item("b", item("c"))))
    assert "c" in found(tree(flat), tree(below))


def test_a_block_moved_and_edited_is_told_as_both():
    a, b, c = (paragraph(f"words of {name}", name) for name in "abc")
    edited = replace(c, words={"text": [{"text": "other words"}]})
    change = found(tree(a, b, c), tree(edited, a, b))["c"]
    assert (change.status, change.is_moved) == ("changed", True)


def items(*names: str, list_id: str = "l") -> Node:
    children = tuple(Node("item", f"{list_id}-{name}", words={"text": [{"text": name}]}) for name in names)
    return Node("list", list_id, {"ordered": False}, children=children)


ELSEWHERE = [
    # What stands in the first section and then in the second, where its ids are others.
    pytest.param(paragraph("Call us.", "old"), paragraph("Call us.", "new"), id="paragraph"),
    pytest.param(Node("piece", "old", {"document": 3}), Node("piece", "new", {"document": 3}), id="piece"),
    pytest.param(items("a", "b", list_id="old"), items("a", "b", list_id="new"), id="list"),
]


@pytest.mark.parametrize(("before", "after"), ELSEWHERE)
def test_a_block_that_says_the_same_in_another_section_moved_there(before, after):
    first, second = paragraph("One.", "b-1"), paragraph("Two.", "b-2")
    old = tree(section("one", first, before), section("two", second))
    new = tree(section("one", first), section("two", after, second))
    (change,) = found(old, new).values()
    assert (change.status, change.node, change.old, change.left.id) == ("moved", after, before, "one")
    assert change.alters


@pytest.mark.parametrize(
    "after",
    [
        paragraph("Call us now.", "new"),
        Node("subheading", "new", words={"text": "Call us."}),
        items("a", list_id="new"),
    ],
)
def test_a_block_that_says_anything_else_did_not_move(after):
    old = tree(section("one", paragraph("Call us.", "old")), section("two"))
    new = tree(section("one"), section("two", after))
    statuses = {key: change.status for key, change in found(old, new).items()}
    assert (statuses["old"], statuses["new"]) == ("removed", "added")


def test_each_of_several_blocks_that_say_the_same_is_told_once():
    old = tree(section("one", paragraph("Yes.", "a"), paragraph("Yes.", "b")), section("two"))
    new = tree(section("one"), section("two", paragraph("Yes.", "c")))
    told = [(change.status, change.node.id) for change in found(old, new).values()]
    assert told == [("removed", "b"), ("moved", "c")]


def test_words_written_anew_where_they_stood_are_the_same():
    assert found(tree(paragraph("Yes.", "a")), tree(paragraph("Yes.", "b"))) == {}


def test_what_was_removed_beside_a_block_that_moved_stands_where_it_stood():
    a, gone, c = (paragraph(f"words of {name}", name) for name in ("a", "gone", "c"))
    old = tree(section("one", a, gone), section("two", c))
    new = tree(section("one"), section("two", c, a))
    listed = [change.node.id for change in diff.compare_trees(old, new)]
    assert listed == ["article", "one", "gone", "two", "c", "a"]


def test_words_of_a_block_are_told_in_the_order_in_which_they_are_read():
    def page(title: str) -> Tree:
        return Tree(
            "article", "en", Node("article", "article", words={"change_note": "N", "lead": "L", "title": title})
        )

    [change] = diff.compare_trees(page("A"), page("B"))
    assert list(change.parts) == ["title", "lead", "change_note"]


def test_a_no_break_space_in_the_place_of_a_space_is_no_difference():
    old, new = tree(paragraph([{"text": "5 mg"}])), tree(paragraph([{"text": "5\u00a0mg"}]))
    assert [change.status for change in diff.compare_trees(old, new)] == ["same", "same"]


A, B, C = "Call us at once.", "It may be nothing.", "Go to the nearest hospital."
REGROUPED = [
    # (paragraphs before, now, {id: how it was cut})
    ({"a": f"{A} {B}"}, {"a": A, "x": B}, {"a": "split", "x": "split"}),
    ({"a": A, "b": B}, {"a": f"{A} {B}"}, {"a": "joined", "b": "joined"}),
    ({"a": A, "b": f"{B} {C}"}, {"a": f"{A} {B}", "b": C}, {"a": "recut", "b": "recut"}),
    ({"a": f"{A} {B} {C}"}, {"a": A, "x": B, "y": C}, {"a": "split", "x": "split", "y": "split"}),
    ({"a": A, "b": f"{B} {C}"}, {"a": f"{A} Now.", "b": B, "x": C}, {"b": "split", "x": "split"}),
    ({"a": "你好。再见。"}, {"a": "你好。", "x": "再见。"}, {"a": "split", "x": "split"}),
    # What says anything else was not only cut anew.
    ({"a": f"{A} {B}"}, {"a": A, "x": "It is nothing."}, {}),
    ({"a": f"{A} {B}"}, {"a": B, "x": A}, {}),
    ({"a": "Take 10 0 mg."}, {"a": "Take 10", "x": "0 milligrams."}, {}),
    ({"a": "Take 10", "b": "0 mg."}, {"a": "Take 100 mg."}, {}),
    ({"a": f"{A} {B}"}, {"a": A}, {}),
    ({"a": A}, {"a": A, "x": A}, {}),
]


@pytest.mark.parametrize(("before", "after", "told"), REGROUPED)
def test_paragraphs_that_were_joined_or_split_are_told_as_such_where_no_word_changed(before, after, told):
    old, new = (tree(section("s", *(paragraph(text, key) for key, text in texts.items()))) for texts in (before, after))
    assert {key: change.regrouped for key, change in found(old, new).items() if change.regrouped} == told


M, N = "Take one of the small white pills each morning.", "Call the clinic at once if you get a fever."
EDITED = [
    # (paragraphs before, now, {id: (how, its words with what changed)})
    (
        {"a": f"{M} {N}"},
        {"a": M.replace("one", "two"), "x": N},
        {"a": ("split", "Take[- one][+ two] of the small white pills each morning."), "x": ("split", N)},
    ),
    (
        {"a": M, "b": N},
        {"a": f"{M} {N}".replace("fever", "rash")},
        {
            "a": ("joined", f"{M} Call the clinic at once if you get a[- fever.][+ rash.]"),
            "b": ("joined", "Call the clinic at once if you get a[- fever.][+ rash.]"),
        },
    ),
    (
        {"a": "你好吗今天。再见我的朋友。"},
        {"a": "你好吗明天。", "x": "再见我的朋友。"},
        {"a": ("split", "你好吗[-今][+明]天。"), "x": ("split", "再见我的朋友。")},
    ),
    # A paragraph that was put beside another, or taken away beside it, was not split off or joined.
    ({"a": f"{M} {M}"}, {"a": f"{M} {M}", "x": "Rest."}, {}),
    ({"a": M}, {"a": M.replace("one", "two"), "x": N}, {}),
    ({"a": M, "b": N}, {"a": M.replace("one", "two")}, {}),
    ({"a": M, "b": N}, {"b": N, "a": M.replace("one", "two")}, {}),
]


def marked(parts: list[tuple[str, str]]) -> str:
    around = {"same": "{}", "removed": "[-{}]", "added": "[+{}]"}
    return "".join(around[status].format(text) for status, text in parts)


@pytest.mark.parametrize(("before", "after", "told"), EDITED)
def test_paragraphs_that_were_joined_or_split_and_edited_are_told_with_the_edited_words(before, after, told):
    old, new = (tree(section("s", *(paragraph(text, key) for key, text in texts.items()))) for texts in (before, after))
    cuts = {key: change.edited_cut for key, change in found(old, new).items() if change.edited_cut}
    assert {key: (cut.how, marked(cut.parts).strip()) for key, cut in cuts.items()} == told
    assert all(change.regrouped == "" for change in found(old, new).values())


@pytest.mark.parametrize(
    ("text", "is_moved"), [(M.replace("one", "two"), True), (M, True), (f"{M} {N} {M.upper()}", False), (N, False)]
)
def test_a_paragraph_that_went_to_another_section_and_was_edited_is_told_as_moved(text, is_moved):
    old = tree(section("s", paragraph(A, "a"), paragraph(M, "m")), section("t", paragraph(B, "b")))
    new = tree(section("s", paragraph(A, "a")), section("t", paragraph(B, "b"), paragraph(text, "z")))
    changes = found(old, new)
    assert changes["z"].is_moved == is_moved
    assert ("m" in changes) != is_moved
    if is_moved:
        assert changes["z"].left.id == "s"
        assert marked(changes["z"].parts["text"]) == M.replace(" one", " one" if text == M else "[- one][+ two]")


@few_examples
@given(trees(), trees())
def test_the_words_of_an_edited_cut_are_those_before_and_now_in_all(old, new):
    """Each side of all that is compared together is what its blocks say, none of them twice and none left out."""
    changes = diff.compare_trees(old, new)
    blocks: dict[str, list[str]] = {"removed": [], "added": []}
    whole: dict[str, list[str]] = {"removed": [], "added": []}
    for change in changes:
        if cut := change.edited_cut:
            for without in whole:
                whole[without] += "".join(text for status, text in cut.whole or () if status != without).split()
                for parts in change.parts.values():
                    blocks[without] += "".join(text for status, text in parts if status != without).split()
    assert all(sorted(blocks[without]) == sorted(whole[without]) for without in whole)


def test_a_split_that_leaves_a_link_or_an_exponent_out_is_no_mere_split():
    whole = [{"text": f"{A} "}, {"text": "Map", "link": "https://example.org/"}, {"text": " 10"}]
    old = tree(section("s", paragraph([*whole, {"text": "9", "marks": ["sup"]}], "a")))
    for rest in ([{"text": "Map 10"}, {"text": "9", "marks": ["sup"]}], [*whole[1:2], {"text": " 109"}]):
        new = tree(section("s", paragraph(A, "a"), paragraph(inline.normalise(rest), "x")))
        assert {change.regrouped for change in found(old, new).values()} == {""}


@few_examples
@given(trees(), trees())
def test_what_was_only_cut_anew_says_the_same_in_all(old, new):
    said: dict[str, list[str]] = {"removed": [], "added": []}
    for change in diff.compare_trees(old, new):
        for parts in change.parts.values() if change.regrouped else ():
            for without in said:
                said[without] += "".join(text for status, text in parts if status != without).split()
    before, now = said.values()
    assert sorted(map(diff.strip_mark_signs, before)) == sorted(map(diff.strip_mark_signs, now))
