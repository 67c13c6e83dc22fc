"""The translator's page as its tests read it, and how they type into it."""

from editorial.editions.freezing import find_signed_source
from editorial.editions.tree.units import find_units
from tests.desk.forms import filled
from tests.parsing import parse_page

TITLE, LEAD = ("article", "title"), ("article", "lead")


def path(document, language: str = "es", unit=None, **query) -> str:
    query = ([f"unit={'.'.join(unit)}"] if unit else []) + [f"{name}={value}" for name, value in query.items()]
    return f"/admin/translate/{document.pk}/{language}/" + (f"?{'&'.join(query)}" if query else "")


def places(document) -> list:
    return [unit.place for unit in find_units(find_signed_source(document).tree)]


def listed(response) -> list[tuple[str, str]]:
    """(how its source begins, its state) of the texts in the list."""
    return [
        (
            "".join(link.find("span[@class='unit-start']").itertext()),
            "".join(link.find("span[@class='unit-state']").itertext()).split("Warned")[-1].strip(),
        )
        for link in parse_page(response).iter("a")
        if link.find("span[@class='unit-start']") is not None
    ]


def source_of(response) -> str:
    return "".join(next(node for node in parse_page(response).iter("p") if node.get("id") == "unit-source").itertext())


def save(desk, document, unit, words: str, act: str = "save", language: str = "es", **fields):
    """Type into one text's box and press a button."""
    form = filled(desk.get(path(document, language, unit)))
    return desk.post(path(document, language), {**form, "words": words, "_act": act, **fields})
