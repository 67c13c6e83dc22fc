"""Lists of forms whose counts, which stand in hidden fields, are looked at before anybody counts with them."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, BaseFormSet, ManagementForm
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    FormSet = BaseFormSet[Any]
    InlineFormSet = BaseInlineFormSet[Any, Any, Any]
else:
    FormSet, InlineFormSet = BaseFormSet, BaseInlineFormSet

_UNREADABLE = _("This list could not be read. Nothing was saved: open the page again, and check what you typed.")


class CountedFormSet(FormSet):
    """Refuses counts that no page has sent: less than nothing, more saved forms than forms, or far too many."""

    default_error_messages = {"missing_management_form": _UNREADABLE}
    most = 400  # forms that a page of ours may send; each is made and shown again before anything is refused

    @cached_property
    def management_form(self) -> ManagementForm:
        form = super().management_form
        if self.is_bound and form.is_valid():
            total, initial = (form.cleaned_data[name] or 0 for name in (TOTAL_FORM_COUNT, INITIAL_FORM_COUNT))
            if not 0 <= initial <= total or total > self.most:
                form.add_error(None, ValidationError(_UNREADABLE))
                form.cleaned_data |= {TOTAL_FORM_COUNT: 0, INITIAL_FORM_COUNT: 0}
        return form


class CountedInlineFormSet(CountedFormSet, InlineFormSet):
    """The same for rows that hang from the admin's page of another row. It changes none of them twice at once."""

    most = 200

    def clean(self) -> None:
        super().clean()
        keys = [form.instance.pk for form in self.initial_forms if form.instance.pk]
        if len(keys) != len(set(keys)):
            raise ValidationError(_UNREADABLE)
