"""What the desk asks of whoever writes, sends or ends an urgent notice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.reviews.services.notices import LONGEST_SENTENCE

from .forms import LongTextField, ReasonForm


class PasswordField(forms.CharField):
    """The password again, of whoever is signed in."""

    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})

    def __init__(self) -> None:
        super().__init__(label=_("Confirm with your password"), strip=False)


class NoticeForm(forms.Form):
    """The two sentences of an urgent notice."""

    happened = LongTextField(
        label=_("What happened"),
        help_text=_("In one plain sentence. Name the drug and the use."),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea({"rows": 2}),
    )
    action = LongTextField(
        label=_("What readers should do"),
        help_text=_("In one plain sentence, and whom to call."),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea({"rows": 2}),
    )


class SendNoticeForm(forms.Form):
    password = PasswordField()


class EndNoticeForm(ReasonForm):
    password = PasswordField()
