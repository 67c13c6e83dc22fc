"""The box for a page's address."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from editorial.editions.working.copies import ADDRESS_RULE, LONGEST_SLUG, SLUG
from editorial.text_hygiene import clean_line


class AddressField(forms.CharField):
    """The last part of an address, in lower case whatever was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Address"),
            max_length=LONGEST_SLUG,
            validators=[RegexValidator(rf"^{SLUG}\Z", ADDRESS_RULE)],
            widget=forms.TextInput({"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}),
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "").lower()
