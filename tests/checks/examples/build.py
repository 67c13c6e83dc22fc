"""Trees that say what an example says, and the examples themselves."""

from dataclasses import dataclass

from editorial.editions.tree import prose
from editorial.editions.tree.nodes import Node, Tree


def reference(**fields) -> Node:
    known = {"key": "a", "title": "A study", "source": "NEJM 2020", "doi": "10.1/x", "pmid": "", "url": ""}
    return Node(
        "references",
        "references",
        children=(Node("reference", "ref-a", {**known, "accessed": "2026-03-01", **fields}),),
    )


def body(html: str) -> tuple[Node, ...]:
    """A section that says this; the ids of its blocks are their places in it: "1", "2" …"""
    numbers = iter(range(1, 100))

    def numbered(node: Node) -> Node:
        own = str(next(numbers))
        return Node(node.type, own, node.attrs, node.words, tuple(map(numbered, node.children)))

    blocks = tuple(map(numbered, prose.parse(html)))
    return (Node("section", "s", {"group": "overview", "care": ""}, {"heading": "A heading"}, blocks), CALL)


CALL = Node("section", "call", {"group": "when-to-call", "care": "urgent"}, {"heading": "When to call"})


def article(*children: Node, language="en", lead="It helps you.", title="A page", note="") -> Tree:
    words = {"title": title, "lead": lead, "change_note": note}
    return Tree("article", language, Node("article", "article", {}, words, children))


def says(html: str) -> Tree:
    return article(*body(html))


@dataclass(frozen=True)
class Example:
    """A tree, and the ids of the blocks that a check points at; none for a good example."""

    check: str
    tree: Tree
    at: tuple[str, ...] = ()
    base: Tree | None = None


def bad(check: str, html: str, *at: str, language: str = "en") -> Example:
    return Example(check, article(*body(html), language=language), at or ("1",))


def good(check: str, html: str, language: str = "en") -> Example:
    return Example(check, article(*body(html), language=language))


def dose(number: str) -> Tree:
    return Tree("monograph", "en", Node("monograph", "m", children=(Node("dose", "d", {"dose": number}),)))
