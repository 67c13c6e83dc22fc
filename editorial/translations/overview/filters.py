"""What the translation desk's list is narrowed to, read from an address. A value that is not offered is no filter."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial.editions.fields import Label
from editorial.editions.kinds import all_kinds
from editorial.editions.models import Edition
from editorial.editions.working.search_texts import find_documents

from ..models import ListedTranslation, Rank, TranslationState
from ..models.overview import ListedTranslationQuerySet
from .reckoning import EPOCH, find_position

LONGEST_QUERY = 100
MOST_FOUND = 1_000  # pages that are looked up; of more, some stand near the beginning of each list
AT_ONCE = 6  # languages, side by side


@dataclass(frozen=True, slots=True)
class Filters:
    """Each "" when it is not asked for. `languages` are those that are shown, of those that may be."""

    languages: tuple[str, ...]
    state: str = ""
    kind: str = ""
    critical: str = ""
    q: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], visible: Sequence[str]) -> "Filters":
        asked = query.get("languages", "").split(",")
        languages = tuple(code for code in visible if code in asked) or tuple(visible)
        offered = filter_options()
        chosen = {name: value for name in offered if (value := query.get(name, "")) in offered[name]}
        words = " ".join(query.get("q", "").replace("\0", "").split())[:LONGEST_QUERY]
        return cls(languages[:AT_ONCE], q=words, **chosen)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.state or self.kind or self.critical or self.q)

    def query(self, **changed: str) -> str:
        """For an address, without what is not asked for."""
        values = {**asdict(self), "languages": ",".join(self.languages), **changed}
        return urlencode({name: value for name, value in values.items() if value}, safe=",")

    def with_languages(self, *languages: str) -> "Filters":
        return replace(self, languages=languages)

    def find_titled(self) -> list[int] | None:
        """Keys of the documents with the words that are looked for in a title; None for all, or more than MOST_FOUND.

        One question for all languages, by the index of words first: titles alone would be read of all pages.
        """
        if not self.q:
            return None
        editions = Edition.objects.filter(self._titled(), language=settings.SOURCE_LANGUAGE)
        found = editions.filter(document__in=find_documents(self.q)).order_by().values_list("document", flat=True)
        keys = list(found.distinct()[: MOST_FOUND + 1])
        return keys if len(keys) <= MOST_FOUND else None

    def _titled(self, source: str = "") -> Q:
        return Q(*((f"{source}title__icontains", word) for word in self.q.split()))

    def apply(self, rows: ListedTranslationQuerySet, titled: Sequence[int] | None = None) -> ListedTranslationQuerySet:
        """`titled` is what `find_titled` says. Where it is None, a list finds enough of them in its own order."""
        if self.state:
            rows = rows.filter(state=self.state)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.critical:  # the beginning of each list: it is not looked for beyond
            rows = rows.filter(position__lt=find_position(Rank.OPEN, EPOCH))
        if self.q:
            rows = rows.filter(self._titled("source__"))
            if titled is not None:
                rows = rows.filter(document__in=titled)
        return rows


def filter_options() -> dict[str, Mapping[str, Label]]:
    """{filter: {value: label}} of all that may be chosen."""
    return {
        "state": dict(TranslationState.choices),
        "kind": {kind.name: kind.label_plural for kind in all_kinds()},
        "critical": {"yes": _("Only safety-critical")},
    }


def all_rows() -> ListedTranslationQuerySet:
    return ListedTranslationQuerySet(ListedTranslation)
