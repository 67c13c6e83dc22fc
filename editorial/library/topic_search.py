"""Finding topics by the beginnings of the words of their names and addresses, whatever the marks and capitals."""

from django.db.models import QuerySet

from editorial.accounts.languages import source_column

from .choices import MOST
from .models import Topic
from .row_search import search_rows

COLUMNS = ("slug", source_column("name"))  # that are searched


def find_topics(typed: str) -> "QuerySet[Topic]":
    """A few, for what somebody typed who wants one of them."""
    return search_rows(Topic.objects.all(), typed, COLUMNS).order_by("slug")[:MOST]
