"""What each language still lacks: words that checks, search, lists and pages need of it, and where they are added.

Nothing of it keeps a page from being translated, signed and read: where a language lacks something, a check says so in
its list, and a message is shown in the source language.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
from django.conf import settings
from django.utils import timezone
from django.utils.translation import to_locale

from drugs import claim_words
from editorial.accounts.languages import target_languages
from editorial.accounts.models import ReviewerLanguage, RoleGrant
from editorial.checks import critical_vocabulary, readability
from editorial.checks.contract import Check
from editorial.checks.translation.contract import TranslationCheck
from editorial.editions.models import Release
from editorial.reading.collation import ORDERED_LANGUAGES
from editorial.reading.search.analysis import STOP_WORD_LANGUAGES, stemmed_languages
from editorial.translations.models import Term

from .page_checks import CHECKS
from .reader_messages import calls_of

# {what they are called: by language} of the words by which changes of a text, and claims about approvals, are found.
_VOCABULARIES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "spans of time": ("editorial/checks/critical_vocabulary.py, SPANS", critical_vocabulary.SPANS),
    "comparisons": ("editorial/checks/critical_vocabulary.py, COMPARISONS", critical_vocabulary.COMPARISONS),
    "negations": (
        "editorial/checks/critical_vocabulary.py, NEGATIONS",
        {**critical_vocabulary.NEGATIONS, "zh-hans": critical_vocabulary.CHINESE_NEGATION},
    ),
    "months": ("editorial/checks/critical_vocabulary.py, MONTHS", critical_vocabulary.MONTHS),
    "weekdays": ("editorial/checks/critical_vocabulary.py, WEEKDAYS", critical_vocabulary.WEEKDAYS),
    "words of approvals": ("drugs/claim_words.py, APPROVAL_WORDS", claim_words.APPROVAL_WORDS),
    "words of being the only one": ("drugs/claim_words.py, SOLE_WORDS", claim_words.SOLE_WORDS),
    "reading speed": ("editorial/checks/readability.py, SPEED", readability.SPEED),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a language lacks. `key` names it in tests; `where` says where it is added."""

    key: str
    words: str
    where: str


def find_lacks(language: str) -> list[Lack]:
    """What the code lacks for a language; no database is asked."""
    return [
        *_find_unable_checks(language), *_find_vocabularies(language), *_find_reading(language),
        *_find_interface(language),
    ]  # fmt: skip


def _find_unable_checks(language: str) -> Iterator[Lack]:
    for check in CHECKS:
        if not can_tell(check, language):
            folder = "editorial/checks/translation/languages/" if check.is_about_translations else "its module"
            yield Lack(check.id, f"the check “{check.name}” does not know its words", folder)


def can_tell(check: Check, language: str) -> bool:
    if isinstance(check, TranslationCheck):
        return language == settings.SOURCE_LANGUAGE or check.can_compare(language)
    return check.languages is None or language in check.languages


def _find_vocabularies(language: str) -> Iterator[Lack]:
    for name, (where, by_language) in _VOCABULARIES.items():
        if language not in by_language:
            yield Lack(name, f"nobody listed its {name}", where)


def _find_reading(language: str) -> Iterator[Lack]:
    if language not in stemmed_languages():
        words = "search finds a word only in the form in which it is typed"
        yield Lack("stemmer", words, "editorial/reading/search/analysis.py, if snowballstemmer has the language")
    if language not in STOP_WORD_LANGUAGES:
        words = "search counts small words like the others"
        yield Lack("stop words", words, "editorial/reading/search/analysis.py, _STOP_WORDS")
    if language not in ORDERED_LANGUAGES:
        words = "nobody said whether its alphabet has letters of its own"
        yield Lack("alphabet", words, "editorial/reading/collation.py")


def _find_interface(language: str) -> Iterator[Lack]:
    folder = to_locale(language)
    if not Path(settings.BASE_DIR, "immuno_site", "formats", folder, "formats.py").is_file():
        yield Lack("formats", "its times of day do not name their zone", f"immuno_site/formats/{folder}/")
    if language == settings.SOURCE_LANGUAGE:
        return
    catalogue = _read_catalogue(language)
    where = f"locale/{folder}/LC_MESSAGES/django.po"
    if catalogue is None:
        yield Lack("catalogue", "the interface has no words in it", where)
        return
    if not catalogue.metadata.get("Plural-Forms"):
        yield Lack("plural rules", "its catalogue does not say how it counts", f"{where}, Plural-Forms")
    if missing := find_untranslated(language):
        yield Lack("public words", f"readers' pages lack {len(missing)} of their words", where)


def find_untranslated(language: str) -> set[str]:
    """The messages of readers' pages that its catalogue lacks, or has without every form or as a guess."""
    catalogue = _read_catalogue(language)
    if catalogue is None:
        return set(public_messages())
    count = _count_forms(catalogue)
    known = {entry.msgid for entry in catalogue if not entry.obsolete and _is_whole(entry, count)}
    return public_messages() - known


@cache
def public_messages() -> frozenset[str]:
    """Every message of the templates that lay out readers' pages."""
    calls = (calls_of(path.read_text(encoding="utf-8")) for path in sorted(settings.READER_TEMPLATES.rglob("*.html")))
    return frozenset(
        call.args[1 if getattr(call.func, "id", "") == "pgettext" else 0].value  # type: ignore[attr-defined]
        for source in calls
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
    )


def _read_catalogue(language: str) -> polib.POFile | None:
    path = Path(settings.LOCALE_PATHS[0], to_locale(language), "LC_MESSAGES", "django.po")
    return polib.pofile(str(path)) if path.is_file() else None


def _count_forms(catalogue: polib.POFile) -> int:
    rule = catalogue.metadata.get("Plural-Forms", "").partition("nplurals=")[2].partition(";")[0].strip()
    return int(rule) if rule.isdigit() else 1


def _is_whole(entry: polib.POEntry, count: int) -> bool:
    forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return not entry.fuzzy and all(form.strip() for form in forms) and (not entry.msgid_plural or len(forms) >= count)


def find_missing_content(language: str) -> Iterator[Lack]:
    """What people still have to do: signed site words, translators, signers, terms. A query for each."""
    if language not in target_languages():
        return
    now = timezone.now()
    live = Release.objects.live(now).filter(document__kind="site-words")
    keys = live.values_list("document__slug", "edition__language")
    signed = {key for key, code in keys if code == language}
    if missing := sorted({key for key, code in keys if code == settings.SOURCE_LANGUAGE} - signed):
        yield Lack("site words", f"not signed in it: {', '.join(missing)}", "the desk")
    if not RoleGrant.objects.filter(language=language, user__is_active=True).exists():
        yield Lack("translators", "nobody translates into it", "People")
    if not ReviewerLanguage.objects.filter(language=language, reviewer__user__is_active=True).exists():
        yield Lack("signers", "no reviewer may sign in it", "Reviewers' credentials")
    terms = Term.objects.filter(is_retired=False, is_kept=False)
    if count := terms.exclude(translations__language=language).count():
        yield Lack("terms", f"{count} terms have no translation", "Terms")
