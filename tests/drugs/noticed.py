"""What readers see of urgent notices on a page."""

from tests.reading import rendered


def banner(client, path: str, language: str = "en"):
    found = rendered.parsed(client.get(f"/{language}{path}")).find_class("urgent")
    assert len(found) <= 1
    return found[0] if found else None


def said(element) -> str:
    return " ".join("".join(element.itertext()).split())


def told(client, path: str, language: str = "en") -> str:
    """The words of the banner; "" where there is none."""
    found = banner(client, path, language)
    return "" if found is None else said(found)


def words(client, path: str, language: str) -> list[tuple[str, str]]:
    """(language, words) of what the notices on a page say."""
    parts = banner(client, path, language).find_class("urgent-words")
    return [("".join(part.xpath("@lang | */@lang")) or language, said(part)) for part in parts]
