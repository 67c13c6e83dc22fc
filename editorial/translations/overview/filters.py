"""What the translation desk's list is narrowed to, read from an address. A value that is not offered is no filter."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial.editions.fields import Label
from editorial.editions.kinds import all_kinds
from editorial.editions.working.search_texts import find_documents

from ..models import ListedTranslation, Rank, TranslationState
from ..models.overview import ListedTranslationQuerySet
from .reckoning import EPOCH, find_position

LONGEST_QUERY = 100
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

    def apply(self, rows: ListedTranslationQuerySet) -> ListedTranslationQuerySet:
        if self.state:
            rows = rows.filter(state=self.state)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.critical:  # the beginning of each list: it is not looked for beyond
            rows = rows.filter(position__lt=find_position(Rank.OPEN, EPOCH))
        if self.q:
            # By the index of words first: titles alone would be read of all pages.
            titled = Q(*(Q(source__title__icontains=word) for word in self.q.split()))
            rows = rows.filter(titled, document__in=find_documents(self.q))
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
