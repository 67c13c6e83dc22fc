"""The form of a term: the term, and rows for what it is called in each language that somebody decides."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import bcp47, column, direction, own_name
from editorial.desk.writing.forms import in_source_language

from ..models.terms import Level, Term, TermTranslation
from .csv_files import LARGEST_FILE
from .services import MOST_TRANSLATIONS, TermWords, TypedTerm, last_decision

BLANK = 2  # rows of each language for more
_OWN = ("text", "part_of_speech", "is_kept", "note")


class LanguageRows(NamedTuple):
    name: str
    is_open: bool
    rows: list[list[BoundField]]


class TermForm(forms.Form):
    """`languages` are those that the user decides; rows that are left empty remove what stood there.

    Without `can_change_term` the term itself stays as it is.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        languages: Iterable[str],
        term: Term | None = None,
        can_change_term: bool = True,
        **kwargs: Any,
    ):
        self.languages = list(languages)
        self._kept = _translations_by_language(term)
        super().__init__(*args, **kwargs)
        if term:
            own = {name: getattr(term, name) for name in _OWN}
            self.initial = {**self.initial, **own, "seen": last_decision(term)}
        for name in _OWN:
            field: Any = Term._meta.get_field(name)
            self.fields[name] = field.formfield()
            self.fields[name].disabled = bool(term) and not can_change_term
        in_source_language(self)
        for language in self.languages:
            for place in range(self._row_count(language)):
                self._add_row(language, place)

    def _row_count(self, language: str) -> int:
        kept = len(self._kept.get(language, ()))
        sent = sum(f"{column(language)}_{place}_text" in self.data for place in range(MOST_TRANSLATIONS))
        return min(max(kept + BLANK, sent), MOST_TRANSLATIONS)

    def _add_row(self, language: str, place: int) -> None:
        kept = self._kept.get(language, ())
        row = kept[place] if place < len(kept) else None
        for name in ("text", "level", "note"):
            model_field: Any = TermTranslation._meta.get_field(name)
            field = model_field.formfield(required=False)
            if name == "text":
                field.widget.attrs |= {"lang": bcp47(language), "dir": direction(language)}
            key = f"{column(language)}_{place}_{name}"
            self.fields[key] = field
            self.initial[key] = getattr(row, name) if row else Level.REQUIRED if name == "level" else ""

    @property
    def own_fields(self) -> list[BoundField]:
        return [self[name] for name in _OWN]

    @property
    def language_rows(self) -> list[LanguageRows]:
        return [
            LanguageRows(own_name(language), self._is_filled(language), list(self._bound_rows(language)))
            for language in self.languages
        ]

    def _is_filled(self, language: str) -> bool:
        return len(self.languages) <= 2 or any(row[0].value() for row in self._bound_rows(language))

    def _bound_rows(self, language: str) -> Iterator[list[BoundField]]:
        for place in range(self._row_count(language)):
            yield [self[f"{column(language)}_{place}_{name}"] for name in ("text", "level", "note")]

    @property
    def typed(self) -> TypedTerm:
        data = self.cleaned_data
        translations = {}
        for language in self.languages:
            rows = [
                [data[f"{column(language)}_{place}_{name}"] for name in ("text", "level", "note")]
                for place in range(self._row_count(language))
            ]
            translations[language] = [TermWords(*row) for row in rows if row[0]]
        return TypedTerm(**{name: data[name] for name in _OWN}, translations=translations)


def _translations_by_language(term: Term | None) -> dict[str, list[TermTranslation]]:
    by_language: dict[str, list[TermTranslation]] = {}
    for row in term.translations.all() if term else ():
        by_language.setdefault(row.language, []).append(row)
    return by_language


class ImportForm(forms.Form):
    """A table of terms. Once it was read, `content` carries it to the page that confirms."""

    file = forms.FileField(
        label=_("Table (CSV)"),
        required=False,
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
        help_text=_("UTF-8, at most 5 MB. What would change is shown before anything is kept."),
    )
    content = forms.CharField(required=False, widget=forms.HiddenInput, max_length=LARGEST_FILE, strip=False)
