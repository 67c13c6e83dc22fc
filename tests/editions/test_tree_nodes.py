"""The content tree: canonical bytes, and bytes of every version that was ever written stay readable."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given

from editorial.editions.tree import html, nodes
from editorial.editions.tree.nodes import Node, Tree, UnreadableTree, digest_of, from_bytes, new_id, to_bytes
from tests.editions.strategies import trees

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
# What sign-offs of each version cover. They never change, and neither do the files.
DIGESTS = {
    1: "1abbebad2e22c92ddc09436c107d09eb913f81a6ec1ebfff5dd91ebc31a0ecfb",
    2: "683b927e309ff8654a071e57eb5a93f1615cb9d9ae6b2f6e3d9002a4f8539beb",
}


def frozen(version: int) -> bytes:
    return (FIXTURES / f"content-tree-{version}.json").read_bytes()


def rendered(tree: Tree) -> str:
    """Every kind of words of the fixture, a line each."""
    _topics, points, section, references = tree.root.children
    numbers = {node.attrs["key"]: number for number, node in enumerate(references.children, 1)}
    return "\n".join(
        [
            html.render_words(tree.root.words["title"]),
            html.render_words(tree.root.words["lead"]),
            html.render_words(points.children[0].words["text"], layout=html.Layout(numbers)),
            html.render_words(section.words["heading"]),
            html.render_blocks(section.children, layout=html.Layout(numbers)),
            "",
        ]
    )


@given(trees())
def test_bytes_are_read_back_as_the_same_tree(tree):
    assert from_bytes(to_bytes(tree)) == tree


@given(trees())
def test_bytes_are_canonical(tree):
    data = json.loads(to_bytes(tree))
    shuffled = json.loads(json.dumps(data, sort_keys=True), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert to_bytes(Tree("article", "en", Node.from_json(shuffled["root"]))) == to_bytes(tree)
    assert to_bytes(from_bytes(json.dumps(data, indent=3).encode())) == to_bytes(tree)


def test_digest_is_sha256_of_the_bytes():
    assert digest_of(b"words") == hashlib.sha256(b"words").hexdigest()


def test_empty_parts_are_not_written():
    assert json.loads(to_bytes(Tree("article", "en", Node("article", "article"))))["root"] == {
        "type": "article",
        "id": "article",
    }


@pytest.mark.parametrize("version", DIGESTS)
def test_every_version_is_what_it_was(version):
    assert digest_of(frozen(version)) == DIGESTS[version]


@pytest.mark.parametrize("version", DIGESTS)
def test_every_version_is_read_and_rendered_as_it_was(version):
    assert rendered(from_bytes(frozen(version))) == (FIXTURES / f"content-tree-{version}.html").read_text()


def test_version_2_is_still_written_byte_for_byte():
    assert nodes.VERSION == 2, "version 3 came: this test has done its work, its fixture stays"
    assert to_bytes(from_bytes(frozen(2))) == frozen(2)


def test_version_1_is_read_as_a_tree_of_version_2_that_says_the_same():
    assert json.loads(to_bytes(from_bytes(frozen(1)))) == {**json.loads(frozen(1)), "version": 2}


def test_older_version_is_upgraded_step_by_step(monkeypatch):
    def to_2(data):
        return data | {"version": 2, "kind": f"{data['kind']}-2"}

    def to_3(data):
        root = data["root"] | {"words": {"heading": data["root"]["words"]["title"]}}
        return data | {"version": 3, "root": root}

    monkeypatch.setattr(nodes, "VERSION", 3)
    monkeypatch.setattr(nodes, "UPGRADES", {1: to_2, 2: to_3})
    tree = from_bytes(frozen(1))
    assert (tree.kind, tree.root.words) == ("article-2", {"heading": "Immunotherapy & you"})
    assert json.loads(to_bytes(tree))["version"] == 3
    assert from_bytes(to_bytes(tree)) == tree


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"not json",
        b"[]",
        b"null",
        b"7",
        b"{}",
        b'{"version":3,"kind":"article","language":"en","root":{"type":"a","id":"a"}}',
        b'{"version":"1","kind":"article","language":"en","root":{"type":"a","id":"a"}}',
        b'{"version":1,"kind":"article","language":"en"}',
        b'{"version":1,"kind":"article","language":"en","root":{"type":"a"}}',
        b'{"version":1,"kind":"article","language":"en","root":[]}',
        b'{"version":1,"kind":"article","language":"en","root":{"type":"a","id":"a","children":[7]}}',
        b'{"version":[],"kind":"article","language":"en","root":{"type":"a","id":"a"}}',
    ],
)
def test_other_bytes_are_refused(content):
    with pytest.raises(UnreadableTree):
        from_bytes(content)


def test_new_ids_are_short_and_differ():
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(item) for item in ids} == {10}
    assert new_id("s").startswith("s-")


def test_walk_is_in_reading_order():
    tree = from_bytes(frozen(1))
    assert [node.id for node in tree.root.children[2].walk()][:5] == [
        "s-2abcdefg",
        "b-2abcdefg",
        "b-3abcdefg",
        "b-4abcdefg",
        "b-5abcdefg",
    ]
