"""The admin's form of a topic: its name, and the order in which the pages about it are read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.models import User
from editorial.editions.kinds import kind_named
from editorial.editions.models import Document
from editorial.editions.tree.addresses import parse_own_address
from editorial.reading.paths import CHANGE, MOST_STEPS, find_path, path_blockers

LONGEST_PATH = 300 * MOST_STEPS  # characters


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no arguments at run time
    user: User  # who fills it in

    path = forms.CharField(
        label=gettext_lazy("Reading order"), required=False, max_length=LONGEST_PATH,
        widget=forms.Textarea({"rows": 6, "cols": 80, "dir": "ltr", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "The addresses of the pages about this topic, one a line, in the order in which to read them. "
            "Readers see a change at once."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "path" in self.fields:
            lines = [
                f"/{kind_named(document.kind).path}/{document.slug}/" for document in find_path(self.instance.slug)
            ]
            self.initial["path"] = "\n".join(lines)
        if "path" in self.fields:
            self.fields["path"].disabled = not self.user.can(CHANGE)

    def clean_path(self) -> list[Document] | None:
        """The pages in their order; None where they are those that are saved."""
        if self.fields["path"].disabled or "path" not in self.changed_data:
            return None
        lines = [line.strip() for line in self.cleaned_data["path"].splitlines() if line.strip()]
        documents = [_find_page(line) for line in lines[: MOST_STEPS + 1]]
        if blockers := path_blockers(documents, self.user):
            raise ValidationError(blockers)
        return documents


def _find_page(line: str) -> Document:
    address = parse_own_address(line)
    documents = Document.objects.filter(is_discarded=False)
    if address and address.slug:
        document = documents.filter(kind=address.kind, slug=address.slug).first()
        if document is not None:
            return document
    text = _("There is no page at “%(address)s”. Copy its address from the site, such as /articles/my-page/.")
    raise ValidationError(text % {"address": line[:200]})
