"""Questions that are asked for every page or signature, each a statement that is made once from the ORM's own queryset.

Making a queryset anew and its instances takes twenty times what the database does. So the SQL is kept, with what turns
its columns into the values that the ORM would return, and asked again with other values.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ValuesListIterable

from .raw_statements import date_parameter, fetch_rows, time_parameter

# What stands in a queryset in the place of a value while its statement is made: nothing that anybody looks for.
KIND, SLUG, LANGUAGE, DIGEST = "{kind}", "{slug}", "{language}", "{digest}"
EDITION, DOCUMENT, ROW = -1, -3, -4  # keys
NUMBER = 2**31 - 5  # of an edition: the ORM looks for no negative one
DAY = date(1, 1, 2)
AT = datetime(1, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
KEYS, NAMES = -2, "{names}"  # alone in a list: of as many keys, or texts, as there are

_PLACES: dict[Hashable, str] = {
    KIND: "kind",
    SLUG: "slug",
    LANGUAGE: "language",
    DIGEST: "digest",
    EDITION: "edition",
    DOCUMENT: "document",
    ROW: "row",
    NUMBER: "number",
}

RawRow = tuple[Any, ...]
Row = TypeVar("Row", bound=Model)


class CompiledQuestion:
    """The statement of a queryset of values, with places for what differs from question to question.

    Raises TypeError for a queryset that is no plain `values_list`. That of a translated model's manager asks for its
    columns in any order: begin with `QuerySet(model)` there.
    """

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        if queryset._iterable_class is not ValuesListIterable:
            raise TypeError(f"{queryset._iterable_class} may return columns in another order than the statement has.")
        self._compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = self._compiler.as_sql()
        self._parts = sql.split("%s")
        self._converters = self._compiler.get_converters(column for column, _sql, _alias in self._compiler.select)
        places = {**_PLACES, date_parameter(DAY): "day", time_parameter(AT): "at"}
        self._parameters: list[Any] = list(parameters)
        self._places = [(at, places[value]) for at, value in enumerate(parameters) if value in places]
        self._lists = [at for at, value in enumerate(parameters) if value in (KEYS, NAMES)]
        self._statements: dict[int, str] = {}  # by the number of keys

    def ask(
        self, *, at: datetime | None = None, day: date | None = None, keys: Sequence[int | str] = (), **values: Any
    ) -> list[RawRow]:
        """The rows of the queryset, where `at`, `day`, `keys`, and those of _PLACES that it names have these values.

        They are as the driver returns them: see `convert`. Raises ValueError or TypeError for what it cannot read.
        """
        if at is not None:
            values["at"] = time_parameter(at)
        if day is not None:
            values["day"] = date_parameter(day)
        parameters = self._parameters.copy()
        for place, name in self._places:
            parameters[place] = values[name]
        # A few lengths, so that there are few statements: the last key stands for those that are not there.
        keys = [*keys, *[keys[-1] if keys else 0] * (_round_up(len(keys)) - len(keys))]
        for place in reversed(self._lists):
            parameters[place : place + 1] = keys
        return fetch_rows(self._statement(len(keys)), parameters)

    def convert(self, row: RawRow) -> list[Any]:
        """The row as the ORM returns it. Raises ValueError or TypeError for a column that cannot be read."""
        (converted,) = self.convert_all([row])
        return converted

    def convert_all(self, rows: list[RawRow]) -> list[list[Any]]:
        """Several, with the same errors."""
        return [list(row) for row in self._compiler.apply_converters(rows, self._converters)]

    def _statement(self, count: int) -> str:
        if count not in self._statements:
            marks = [", ".join(["%s"] * count) if at in self._lists else "%s" for at in range(len(self._parameters))]
            pairs = zip(self._parts, [*marks, ""], strict=True)
            self._statements[count] = "".join(text for pair in pairs for text in pair)
        return self._statements[count]


def _round_up(count: int) -> int:
    """The next power of two, from 1."""
    return 1 << max(count - 1, 0).bit_length()


_questions: dict[Hashable, CompiledQuestion] = {}


def compiled(make: Callable[[], QuerySet[Any, Any]], *depends_on: Hashable) -> CompiledQuestion:
    """The question of this function's queryset, made when it is first asked.

    `depends_on` is whatever the queryset rests on that may be another in the same process, as settings are in tests.
    """
    return _question(make, (make, connection.vendor, *depends_on))


def find_rows(make: Callable[..., QuerySet[Any, Any]], *given: Hashable, **values: Any) -> list[list[Any]]:
    """The rows of the queryset that this function makes of what is `given`, as the ORM returns them.

    There is a statement for each of the few things that may be given; `values` are as those of `ask`.
    """
    question = _question(partial(make, *given), (make, connection.vendor, *given))
    return question.convert_all(question.ask(**values))


def ask_rows(make: Callable[..., QuerySet[Any, Any]], *given: Hashable, **values: Any) -> list[RawRow]:
    """The same as the driver returns them: for many rows of texts and keys, which need no conversion."""
    return _question(partial(make, *given), (make, connection.vendor, *given)).ask(**values)


def find_instances(model: type[Row], column: str, keys: Iterable[int | str]) -> list[Row]:
    """The rows of a model that have one of these keys or texts in this column, in the model's own order."""
    wanted = list(keys)
    if not wanted:
        return []
    place = NAMES if isinstance(wanted[0], str) else KEYS
    names = [field.attname for field in model._meta.concrete_fields]
    rows = find_rows(_ask_instances, model, column, place, keys=wanted)
    return [model.from_db(connection.alias, names, row) for row in rows]


def _ask_instances(model: type[Row], column: str, place: int | str) -> QuerySet[Row, Any]:
    names = [field.attname for field in model._meta.concrete_fields]
    return QuerySet(model).filter(**{f"{column}__in": [place]}).values_list(*names)


def has_rows(make: Callable[..., QuerySet[Any, Any]], *given: Hashable, **values: Any) -> bool:
    """Whether there are any."""
    return bool(_question(partial(make, *given), (make, connection.vendor, *given)).ask(**values))


def _question(make: Callable[[], QuerySet[Any, Any]], key: Hashable) -> CompiledQuestion:
    if key not in _questions:
        _questions[key] = CompiledQuestion(make())
    return _questions[key]
