"""Many keys or ids in one column of a question."""

from typing import Any

from django.db.models import Aggregate, TextField


class JoinedIds(Aggregate):
    """Ids, which are texts, with spaces between them."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, ' ')"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)
