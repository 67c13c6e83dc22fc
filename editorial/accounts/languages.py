"""The languages of the site: a fixed list that the database has columns for, and those offered to readers."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, get_language_info, get_supported_language_variant
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGE_CHOICES = list(settings.LANGUAGES)
# Chinese in the other script. Whoever reads Simplified Chinese as well says so: browsers add a plain "zh".
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


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


# Begin with a small letter within a sentence (Unicode CLDR; and "tiếng Anh"); Django gives them for lists.
_SMALL_NAMES = {
    "bg",
    "ca",
    "cs",
    "da",
    "es",
    "fi",
    "fr",
    "hr",
    "hu",
    "it",
    "lt",
    "nb",
    "pl",
    "pt",
    "ro",
    "ru",
    "sv",
    "uk",
    "vi",
}


def own_name(language: str) -> str:
    """The language's name in itself ("Español")."""
    return dict(settings.LANGUAGES)[language]


def language_name(language: str) -> str:
    """The language's name in the language of who reads now ("inglés"); in itself where Django does not know it."""
    name = _(_info(language)["name"])
    return name[:1].lower() + name[1:] if (get_language() or "").partition("-")[0] in _SMALL_NAMES else name


def direction(language: str) -> str:
    """ "rtl" or "ltr"."""
    return "rtl" if _info(language)["bidi"] else "ltr"


def _info(language: str) -> Mapping[str, Any]:
    """What Django knows of a language; of one that it does not know, what the settings say."""
    try:
        info: dict[str, Any] = get_language_info(language)
        return info
    except KeyError:
        name = dict(settings.LANGUAGES).get(language, language)
        return {"name": name, "name_local": name, "bidi": language in settings.LANGUAGES_BIDI}


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


def preferred_language(accepted: str, offered: Collection[str]) -> str:
    """The language for a reader whose browser sends this Accept-Language; else the source language.

    It is the first that is offered, by the browser's own weights; none with the weight 0. See
    docs/decisions/0030-the-language-of-a-reader.md.
    """
    ranges = parse_accept_lang_header(accepted)
    refused = {tag for tag, weight in ranges if not weight}
    wanted = [code for code in offered if not any(code == tag or code.startswith(f"{tag}-") for tag in refused)]
    for tag, weight in ranges:
        language = _find_language(tag, wanted) if weight else ""
        if language:
            return language
    return settings.SOURCE_LANGUAGE


def _find_language(tag: str, wanted: Collection[str]) -> str:
    """The language for one tag in lower case; "" for none. Any will do for "*", and the source language best."""
    if tag == "*":
        return min(wanted, key=lambda code: code != settings.SOURCE_LANGUAGE, default="")
    if tag.startswith(_TRADITIONAL):
        return ""
    try:
        language = get_supported_language_variant(tag)
    except LookupError:
        return ""
    return language if language in wanted else ""
