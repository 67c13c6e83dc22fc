"""What texts call drugs: their generic names in every language, and their brands; and what biomarkers are called."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from editorial.accounts.languages import column
from editorial.editions.compiled_questions import find_rows
from editorial.editions.kind_answers import KnownName

from .models import Biomarker, Monograph, Product

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def find_names() -> Iterator[KnownName]:
    """Of every monograph that is not discarded, brands of retired products too. Two statements.

    The generic name in the source language is known in texts of all languages, as brands are.
    """
    for key, *titles in find_rows(_ask_titles):
        for language, title in zip(LANGUAGES, titles, strict=True):
            if title:
                yield KnownName(title, "" if language == settings.SOURCE_LANGUAGE else language, key)
    for key, brand in find_rows(_ask_brands):
        yield KnownName(brand, "", key)


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
