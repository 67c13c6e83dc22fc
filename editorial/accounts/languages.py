"""The languages of the site: a fixed list that the database has columns for, and those offered to readers."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language_info

LANGUAGE_CHOICES = list(settings.LANGUAGES)


def all_languages() -> list[str]:
    """Every language with columns in the database, the source language first."""
    codes = [code for code, _name in settings.LANGUAGES]
    return sorted(codes, key=lambda code: code != settings.SOURCE_LANGUAGE)


def public_languages() -> list[str]:
    """The languages offered to readers, in the order of settings.LANGUAGES."""
    return [code for code, _name in settings.LANGUAGES if code in settings.PUBLIC_LANGUAGES]


def target_languages() -> list[str]:
    """Every language that documents are translated into."""
    return [code for code in all_languages() if code != settings.SOURCE_LANGUAGE]


def own_name(language: str) -> str:
    """The language's name in itself ("Español")."""
    return dict(settings.LANGUAGES)[language]


def direction(language: str) -> str:
    """ "rtl" or "ltr"."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def bcp47(language: str) -> str:
    """The tag for a `lang` attribute: zh-hans becomes zh-Hans."""
    head, _sep, script = language.partition("-")
    return f"{head}-{script.title()}" if script else head


def column(language: str) -> str:
    """The ending of the column that modeltranslation makes: zh-hans becomes zh_hans."""
    return language.replace("-", "_")


def source_column(name: str) -> str:
    """The column of a translated field in the source language: title becomes title_en."""
    return f"{name}_{column(settings.SOURCE_LANGUAGE)}"


def source_text(row: models.Model, name: str) -> str:
    """What a translated field of this row says in the source language; "" for nothing."""
    return getattr(row, source_column(name)) or ""
