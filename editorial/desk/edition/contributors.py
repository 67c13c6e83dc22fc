"""Why each contributor of an edition is one, in words. It was frozen with the edition, and costs no query."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial.editions.kinds import Kind, kind_named
from editorial.editions.labels import block_label, block_name, isolate
from editorial.editions.tree.nodes import Node, Tree


def describe_contributors(tree: Tree, contributors: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """[(name, why they may not sign: "wrote “Side effects” · 3 saves · 12 Nov 2026 – 14 Nov 2026")] of a tree's
    contributors as `find_contributors` found them.

    "" where the edition was frozen before reasons were.
    """
    kind, blocks = kind_named(tree.kind), {node.id: node for node in tree.walk()}
    return [(person["name"], " · ".join(_reasons(kind, blocks, person))) for person in contributors]


def _reasons(kind: Kind, blocks: Mapping[str, Node], person: Mapping[str, Any]) -> Iterator[str]:
    if "blocks" not in person:
        return
    # In the order of the page.
    places = [_name(kind, node) for key, node in blocks.items() if key in person["blocks"]]
    if places:
        yield _("wrote %(places)s") % {"places": ", ".join(places)}
    elif person.get("gave_reason"):
        yield _("wrote why what a check found is right")
    elif person["saves"]:
        yield _("edited the page; none of that text is left as they wrote it")
    else:
        yield _("recorded or verified facts on the page")
    if person["saves"]:
        yield ngettext("%(number)d save", "%(number)d saves", person["saves"]) % {"number": person["saves"]}
        days = [date_format(date.fromisoformat(person[name]), "SHORT_DATE_FORMAT") for name in ("since", "until")]
        yield " – ".join(dict.fromkeys(days))
    elif places:
        yield _("before the last signed edition, or on another page")


def _name(kind: Kind, node: Node) -> str:
    heading, label = node.plain("heading"), block_label(kind, node)
    if heading:
        return f"“{isolate(heading)}”"
    name = block_name(kind, node)
    return label if name == isolate(label) else f"{label}: {name}"
