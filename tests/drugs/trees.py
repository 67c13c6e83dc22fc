"""Trees of monographs made by hand, and what stands in for a page's signed site words."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime

from drugs.approval_history import PATHWAYS
from editorial.accounts.languages import bcp47, column, direction
from editorial.editions.tree import prose
from editorial.editions.tree.nodes import Node
from editorial.reading.site_words import Phrase
from tests.databases import ROOT

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
LEVELS = ("non-urgent", "emergency", "urgent")
CONTENT = ROOT / "immuno_site" / "demonstration" / "content"


def event(
    kind: str, on: str, pathway: str = "", reference: str = "a-source", number: int = 0, announced: str = ""
) -> Node:
    attrs = {"kind": kind, "pathway": pathway, "on": on, "application": "BLA1", "reference": reference}
    attrs |= {"announced": announced} if announced else {}
    return Node("event", f"event-{number or on}-{kind}", attrs | {"verified_on": "2026-11-01"})


def history(text: str) -> tuple[Node, ...]:
    """Events from "accelerated 2020-11-13, converted 2021-07-26": a pathway stands for a grant by it."""
    found = []
    for entry in filter(None, text.split(", ")):
        kind, on = entry.split()
        granted = kind in PATHWAYS
        found.append(event("granted" if granted else kind, on, kind if granted else ""))
    return tuple(found)


def approval(
    id_: str, events: str | tuple[Node, ...] = "regular 2021-07-26", words: dict | None = None, **attrs
) -> Node:
    known = {"authority": "FDA", "jurisdiction": "US", "cancer": "triple-negative", "stage": "advanced"}
    said = {"partners": "Chemotherapy", "plain": f"Plain {id_}", "terms": f"Terms {id_}", "meaning": f"Meaning {id_}"}
    events = history(events) if isinstance(events, str) else events
    return Node("approval", id_, known | {"line": "any", "biomarker": ""} | attrs, said | (words or {}), events)


def biomarker(id_: str, name: str, comparison: str = "", cutoff: str = "", unit: str = "") -> Node:
    attrs = {"name": name, "comparison": comparison, "cutoff": cutoff, "unit": unit, "test": f"Kit {id_}"}
    return Node("biomarker", id_, attrs, {"meaning": f"Meaning {id_}"})


def dose(id_: str, **attrs) -> Node:
    known = {"dose": "200", "unit": "mg", "every": 3, "every_unit": "weeks", "number": 0, "route": "vein"}
    return Node("dose", id_, known | attrs, {"phase": f"Phase {id_}"})


def every_dose() -> tuple[Node, ...]:
    """Doses that say everything which one may say."""
    patients = {"age": "children", "age_from": 12, "weight": "40", "weight_comparison": ">"}
    return (
        dose("d-3", unit="mg-per-kg", dose="2", most="200", product="p-1", approval="a-solid", **patients),
        dose("d-4", every=21, every_unit="days", days="1, 8", until="progression", longest=24, longest_unit="months"),
        dose("d-5", every=28, every_unit="days", days="1-21", per_day=2, route="mouth", approval="a-gone"),
    )


def effect(id_: str, care: str = "", serious: bool = True) -> Node:
    words = {"name": f"Effect {id_}", "signs": f"Signs {id_}", "what_to_do": f"Do {id_}"}
    return Node("side-effect", id_, {"serious": serious, "care": care}, words)


def warning(id_: str, partner: str = "") -> Node:
    return Node(
        "boxed-warning", id_, {"partner": partner, "approval": ""}, {"title": f"Warning {id_}", "text": f"Text {id_}"}
    )


def part(type_: str, *children: Node) -> Node:
    return Node(type_, type_, children=children)


def monograph(*parts: Node, **words: str) -> Node:
    said = {"title": "Zebramab", "pronunciation": "ZEB", "drug_class": "Class", "lead": "Lead.", "change_note": ""}
    return Node("monograph", "monograph", words=said | words, children=parts)


def item(root: Node, **more) -> dict:
    """As editions/serving.py makes it."""
    known = {"root": root, "title": root.plain("title"), "lang": "en", "dir": "ltr", "is_fallback": False}
    known |= {"url": f"/en/drugs/{root.plain('title').lower()}/", "language_name": "English", "last_reviewed_on": None}
    return known | more


def page_of(root: Node, language: str = "en", **more) -> dict:
    """What a template gets of an edition's state."""
    known = {"title": root.plain("title"), "lang": bcp47(language), "dir": direction(language), "edition_number": 1}
    days = dict.fromkeys(("last_reviewed_on", "review_due_on", "released_on"), NOON.date())
    known |= {"signers": [], **days}
    return known | {"is_fallback": False} | more


def frame(language: str) -> dict:
    """What every public page gets of its reader."""
    return {"language": language, "lang": bcp47(language), "dir": direction(language), "languages": []}


class Words:
    """Signed phrases for a reader of `language`: the demonstration's, else in the source language."""

    def __init__(self, language: str, phrases: dict[tuple[str, str], dict[str, str]]):
        self.language, self._phrases = language, phrases

    def phrase(self, slug: str, key: str) -> Phrase | None:
        texts = self._phrases.get((slug, key), {})
        for code in (self.language, "en"):
            if text := texts.get(column(code)):
                return Phrase(text, bcp47(code), direction(code), code != self.language)
        return None

    def standing(self, slug: str) -> None:
        return None

    def text(self, slug: str) -> None:
        return None


def demonstration_words(language: str) -> Words:
    with (CONTENT / "site_words.toml").open("rb") as file:
        listed = tomllib.load(file)["site_words"]
    return Words(
        language,
        {(entry["slug"], phrase["key"]): phrase["text"] for entry in listed for phrase in entry.get("phrases", [])},
    )


def prose_part(type_: str, html: str) -> Node:
    return part(type_, *prose.parse(html))


def product(id_: str, brand: str = "Zebrina") -> Node:
    attrs = {"brand": brand, "application": "BLA1", "authority": "FDA", "jurisdiction": "US"}
    return Node("product", id_, attrs, {"formulation": f"Form {id_}"})


def reference(key: str = "a-source") -> Node:
    attrs = {
        "key": key,
        "title": "A title",
        "source": "A journal",
        "doi": "",
        "pmid": "",
        "url": "https://example.org/",
    }
    return Node("reference", f"ref-{key}", attrs | {"accessed": "2026-11-01"})


def everything() -> Node:
    """A monograph with something in every place."""
    return monograph(
        prose_part("how-it-works", "<p>Works.</p>"),
        prose_part("how-given", "<p>Given.</p>"),
        prose_part("tell-team", "<p>Tell.</p>"),
        part("products", product("p-1")),
        part("doses", dose("d-1"), dose("d-2", dose="1000", every=6, number=4, route="skin"), *every_dose()),
        part("side-effects", effect("s-0", serious=False), *(effect(f"s-{level}", level) for level in LEVELS)),
        part("boxed-warnings", warning("w-partner", "other"), warning("w-own")),
        part("biomarkers", biomarker("m-1", "PD-L1", ">=", "10", "CPS"), biomarker("m-2", "MSI-H / dMMR")),
        part(
            "approvals",
            approval("a-early", "regular 2021-07-26", stage="early", line="surgery"),
            approval("a-late", "accelerated 2020-11-13, converted 2021-07-26, narrowed 2023-01-02", biomarker="m-1"),
            approval("a-solid", "accelerated 2020-06-16", cancer="any-solid", biomarker="m-2"),
            approval("a-gone", "accelerated 2019-03-08, withdrawn-by-sponsor 2021-08-27", cancer="hr-positive"),
        ),
        part("references", reference()),
    )


def every_state() -> Node:
    """The same, with approvals that are on hold, that are about to be withdrawn, and that say all that one may say."""
    root, more = everything(), (
        approval("a-hold", "conditional 2020-01-01, suspended 2022-01-01"),
        approval("a-leaving", "provisional 2020-01-01, widened 2024-01-01, withdrawal-announced 2025-01-01"),
        approval(
            "a-facts", cancer="breast", hormone_receptors="negative", her2="low", setting="metastatic",
            prior="platinum", prior_least=2, sex="female", age="children", age_from=12, weight="40",
            weight_comparison=">", partner=7, biomarker="m-1", biomarker_2="m-2", joined="or",
        ),
    )  # fmt: skip
    children = (
        replace(child, children=(*child.children, *more)) if child.type == "approvals" else child
        for child in root.children
    )
    return replace(root, children=tuple(children))
