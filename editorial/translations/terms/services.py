"""Adding, changing and retiring terms. Services say what stands in the way, all at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.languages import language_name, target_languages
from editorial.accounts.models import User
from editorial.editions.blockers import SavedMeanwhile, field_blocker, refuse_if
from editorial.text_hygiene import clean_line

from ..models.terms import LONGEST_NOTE, LONGEST_TERM, Act, Level, PartOfSpeech, Term, TermDecision, TermTranslation
from .decisions import Decisions, decided_languages, deciding

MOST_TERMS = 10_000  # that count
MOST_TRANSLATIONS = 12  # of one term in one language


@dataclass(frozen=True, slots=True)
class TermWords:
    """A translation as it is typed."""

    text: str
    level: str = Level.REQUIRED
    note: str = ""

    def cleaned(self) -> "TermWords":
        return TermWords(clean_line(self.text), self.level or Level.REQUIRED, clean_line(self.note))


@dataclass(frozen=True, slots=True)
class TypedTerm:
    """A term as it is typed, with all its translations into the languages that are named."""

    text: str
    part_of_speech: str = ""
    is_kept: bool = False
    note: str = ""
    translations: Mapping[str, Collection[TermWords]] = field(default_factory=dict)

    def cleaned(self) -> "TypedTerm":
        translations = {language: [words.cleaned() for words in typed] for language, typed in self.translations.items()}
        return replace(self, text=clean_line(self.text), note=clean_line(self.note), translations=translations)


class TermChanged(SavedMeanwhile):
    """Somebody decided about this term after the form was opened."""

    own = gettext_lazy(
        "You changed this term in another tab at %(time)s. Nothing was overwritten: what is decided now stands below. "
        "Compare it with what you typed, then save again."
    )
    theirs = gettext_lazy(
        "%(name)s changed this term while you were writing. Nothing was overwritten: what is decided now stands "
        "below. Compare it with what you typed, then save again."
    )


def last_decision(term: Term) -> int:
    """The key of the newest decision, to put into a form."""
    return term.decisions.order_by("-pk").values_list("pk", flat=True).first() or 0


def add_term(typed: TypedTerm, *, user: User) -> Term:
    """Raises Blocked."""
    typed = typed.cleaned()
    with deciding(user) as decisions:
        term = Term()
        refuse_if([*term_blockers(typed), *_room_blockers(), *_double_blockers(typed, None)])
        refuse_if(_right_blockers(decisions.user, term, typed, []))
        _set(term, typed)
        decisions.add_term(term)
        _decide_translations(decisions, term, typed, [])
    return term


def change_term(term: Term, typed: TypedTerm, *, user: User, seen: int | None = None) -> Term:
    """Change a term, and what it is called in the languages that are named in `typed`; in others it stays.

    `seen` is what `last_decision` told when the form was opened, None for a program that reads and writes at once.
    Raises Blocked, or TermChanged when somebody decided about it since.
    """
    typed = typed.cleaned()
    with deciding(user) as decisions:
        term = Term.objects.get(pk=term.pk)
        _refuse_if_decided(term, seen, decisions.user)
        before = list(term.translations.all())
        refuse_if([*term_blockers(typed), *_double_blockers(typed, term)])
        refuse_if(_right_blockers(decisions.user, term, typed, before))
        if _set(term, typed):
            decisions.change_term(term)
        _decide_translations(decisions, term, typed, before)
    return term


def retire_term(term: Term, *, user: User, seen: int | None = None) -> None:
    """It counts no more; what was decided about it stays on record. Raises Blocked, TermChanged."""
    _set_retired(term, True, user, seen)


def restore_term(term: Term, *, user: User, seen: int | None = None) -> None:
    """Let a retired term count again. Raises Blocked, TermChanged."""
    _set_retired(term, False, user, seen)


def _set_retired(term: Term, is_retired: bool, user: User, seen: int | None) -> None:
    with deciding(user) as decisions:
        term = Term.objects.get(pk=term.pk)
        _refuse_if_decided(term, seen, decisions.user)
        refuse_if(affected_blockers(decisions.user, affected_languages(term, term.translations.all())))
        if not is_retired and term.is_retired:
            refuse_if(_room_blockers())
        if term.is_retired != is_retired:
            term.is_retired = is_retired
            decisions.change_term(term, Act.RETIRED if is_retired else Act.RESTORED)


def affected_languages(term: Term, translations: Iterable[TermTranslation]) -> list[str]:
    """The languages in which a change of the term itself is felt: all, where it is not translated."""
    if term.is_kept:
        return target_languages()
    return sorted({translation.language for translation in translations})


def affected_blockers(user: User, languages: Collection[str]) -> Iterator[str]:
    """Why this user may not change what is felt in these languages."""
    if others := sorted(set(languages) - set(decided_languages(user))):
        names = ", ".join(language_name(language) for language in others)
        yield _("This term also counts in %(languages)s. Ask a head of content to change it.") % {"languages": names}


def term_blockers(typed: TypedTerm) -> Iterator[str]:
    """What is wrong with a term as it is typed, cleaned."""
    if not typed.text:
        yield field_blocker("text", _("Enter the term."))
    yield from _length_blockers(typed.text, typed.note)
    if typed.part_of_speech not in ("", *PartOfSpeech.values):
        yield field_blocker("part_of_speech", _("That part of speech isn't valid."))
    if typed.is_kept and any(typed.translations.values()):
        yield _("A term that is not translated has no translations. Remove them, or let it be translated.")
    for language, translations in typed.translations.items():
        if language not in target_languages():
            yield _("“%(language)s” is not a language that pages are translated into.") % {"language": language}
            continue
        if len(translations) > MOST_TRANSLATIONS:
            yield _("A term has at most %(most)d translations into one language.") % {"most": MOST_TRANSLATIONS}
        yield from _translation_blockers(translations)


def _translation_blockers(translations: Collection[TermWords]) -> Iterator[str]:
    seen: set[str] = set()
    for words in translations:
        if not words.text:
            yield _("Enter the translation.")
        yield from _length_blockers(words.text, words.note)
        if words.level not in Level.values:
            yield _("“%(level)s” is no level. Use required, preferred or forbidden.") % {"level": words.level}
        if words.text in seen:
            yield _("“%(text)s” appears twice. Remove one.") % {"text": words.text}
        seen.add(words.text)


def _length_blockers(text: str, note: str) -> Iterator[str]:
    for value, most in ((text, LONGEST_TERM), (note, LONGEST_NOTE)):
        if len(value) > most:
            yield _("This text has %(count)s characters. Shorten it to %(limit)s or fewer.") % {
                "count": len(value), "limit": most,
            }  # fmt: skip


def _room_blockers() -> Iterator[str]:
    if Term.objects.filter(is_retired=False).count() >= MOST_TERMS:
        yield _("There are %(most)d terms, and there is no room for more. Retire some.") % {"most": MOST_TERMS}


def _double_blockers(typed: TypedTerm, term: Term | None) -> Iterator[str]:
    same = Term.objects.filter(text__iexact=typed.text, part_of_speech=typed.part_of_speech)
    if other := (same.exclude(pk=term.pk) if term else same).first():
        yield field_blocker(
            "text",
            _("This term was retired. Bring it back instead of adding another.")
            if other.is_retired
            else _("This term is there already. Change that one."),
        )


def _right_blockers(user: User, term: Term, typed: TypedTerm, before: list[TermTranslation]) -> Iterator[str]:
    """Why this user may not decide this. What is as it was needs no right."""
    changes_term = term.pk is not None and _changes(term, typed)
    languages = set(affected_languages(term, before)) if changes_term else set()
    if typed.is_kept and not term.is_kept:
        languages |= set(target_languages())
    for language, translations in typed.translations.items():
        kept = [TermWords(row.text, row.level, row.note) for row in before if row.language == language]
        if set(translations) != set(kept):
            languages.add(language)
    yield from affected_blockers(user, languages)


def _changes(term: Term, typed: TypedTerm) -> bool:
    return any(getattr(term, name) != getattr(typed, name) for name in _OWN)


_OWN = ("text", "part_of_speech", "is_kept", "note")


def _set(term: Term, typed: TypedTerm) -> bool:
    """Whether anything of the term itself changed."""
    is_changed = _changes(term, typed)
    for name in _OWN:
        setattr(term, name, getattr(typed, name))
    return is_changed


def _decide_translations(decisions: Decisions, term: Term, typed: TypedTerm, before: list[TermTranslation]) -> None:
    for language, translations in typed.translations.items():
        rows = {row.text: row for row in before if row.language == language}
        for words in translations:
            set_words(decisions, term, language, words, rows.pop(words.text, None))
        for row in rows.values():
            row.term = term
            decisions.remove_translation(row)


def set_words(
    decisions: Decisions, term: Term, language: str, words: TermWords, row: TermTranslation | None
) -> str | None:
    """Decide one translation; what was done, None where it is decided so already."""
    if row is None:
        decisions.add_translation(
            TermTranslation(term=term, language=language, text=words.text, level=words.level, note=words.note)
        )
        return Act.ADDED
    if (row.level, row.note) == (words.level, words.note):
        return None
    row.term, row.level, row.note = term, words.level, words.note
    decisions.change_translation(row)
    return Act.CHANGED


def _refuse_if_decided(term: Term, seen: int | None, user: User) -> None:
    newest = TermDecision.objects.filter(term=term).order_by("-pk").first()
    if seen is not None and newest is not None and newest.pk != seen:
        is_own = newest.decided_by_id == user.pk
        raise TermChanged(is_own=is_own, name=newest.decided_by_name, at=newest.decided_at)
