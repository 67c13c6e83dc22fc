"""What texts call drugs: their generic names in every language, and their brands; and what biomarkers are called."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from editorial.accounts.languages import column
from editorial.editions.compiled_questions import RawRow, ask_rows, find_rows
from editorial.editions.kind_answers import KnownName

from .models import Biomarker, Monograph, Product

_WITH_BRACKETS = re.compile(r"(.+?)\s*[(（].*[)）]", re.DOTALL)

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def find_names() -> Sequence[KnownName]:
    """Of every monograph that is not discarded, brands of retired products too. Two statements.

    The generic name in the source language is known in texts of all languages, as brands are.
    """
    return _read_names(tuple(ask_rows(_ask_titles)), tuple(ask_rows(_ask_brands)))


@lru_cache(maxsize=2)  # of thousands of rows, which are mostly as they were
def _read_names(titles: tuple[RawRow, ...], brands: tuple[RawRow, ...]) -> tuple[KnownName, ...]:
    spoken = ["" if language == settings.SOURCE_LANGUAGE else language for language in LANGUAGES]
    generic = (
        KnownName(name, language, key)
        for key, *written in titles
        for language, title in zip(spoken, written, strict=True)
        for name in names_in(title)
    )
    return (*generic, *(KnownName(brand, "", key) for key, brand in brands))


def names_in(title: str | None) -> list[str]:
    """What texts may call a drug with this title: in running text nobody repeats what stands in brackets behind a name,
    as in "斑马单抗（zebramab）", where it mostly is the source language's.
    """
    if not title:
        return []
    match = _WITH_BRACKETS.fullmatch(title) if title[-1] in ")）" else None
    return [title, match[1]] if match else [title]


def find_biomarkers() -> list[str]:
    """Names of the biomarkers of every monograph that is not discarded, retired ones too. One statement."""
    return [name for [name] in find_rows(_ask_biomarkers)]


def _ask_titles() -> QuerySet[Monograph, Any]:
    monographs: QuerySet[Monograph] = QuerySet(Monograph).filter(document__is_discarded=False)
    return monographs.values_list("pk", *(f"title_{column(language)}" for language in LANGUAGES))


def _ask_brands() -> QuerySet[Product, Any]:
    products: QuerySet[Product] = QuerySet(Product).filter(monograph__document__is_discarded=False)
    return products.exclude(brand="").values_list("monograph", "brand")


def _ask_biomarkers() -> QuerySet[Biomarker, Any]:
    biomarkers: QuerySet[Biomarker] = QuerySet(Biomarker).filter(monograph__document__is_discarded=False)
    return biomarkers.order_by("name").values_list("name", flat=False).distinct()
