"""Checks about articles."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from editorial.checks.checked_pages import CheckedPage
from editorial.checks.contract import Check, FindingPlace

from .kind import ArticleKind
from .models import Group


class NoWhenToCall(Check):
    id = "no-when-to-call"
    name = gettext_lazy("No “When to call” section")
    why = gettext_lazy("A reader may need help right now. Say when to call, and whom, under “When to call”.")

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        root = page.tree.root
        groups = {section.attrs.get("group") for section in root.of_type("section")}
        if page.tree.kind == ArticleKind.name and Group.WHEN_TO_CALL not in groups:
            yield FindingPlace(root, root.plain("title"), word="title")
