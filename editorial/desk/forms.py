"""What the desk asks people. Whether they may is the services' business, not the forms'."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import LANGUAGE_CHOICES, all_languages, own_name
from editorial.accounts.models import MailChoice, User
from editorial.accounts.roles import Permission
from editorial.accounts.text_fields import TextForm
from editorial.editions.blockers import LONGEST_REASON
from editorial.editions.labels import isolate
from editorial.reading.models import Lifetime
from editorial.reviews.checklist import ChecklistItem
from editorial.reviews.models import LONGEST_REMARK, Act, Answer, SignOffPolicy
from editorial.reviews.services.policies import COLUMNS, waiting_blockers
from editorial.reviews.services.signing import due_too_soon
from editorial.text_hygiene import clean_text

from .address_field import AddressField
from .searched_explanations import ExplanationField
from .searched_people import PersonField, active_reviewers, signers


class TimeField(forms.DateTimeField):
    """A time at home. The years at the ends of the calendar cannot be told in UTC, and are refused in words."""

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class LongTextField(forms.CharField):
    """Text of several lines, cleaned. A browser counts the end of a line as one character, and sends two."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return super().to_python(clean_text(text.replace("\r\n", "\n"))) or ""


class SigningForm(forms.Form):
    """What comes with a signature: the answers to the checklist, the day of the next review, and the password again."""

    password = forms.CharField(
        label=_("Confirm with your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )
    review_due_on = forms.DateField(
        label=_("Next review due"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    remarks = LongTextField(
        label=_("Remarks for the record"), required=False, max_length=LONGEST_REMARK,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Sequence[ChecklistItem] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.checklist_items = items
        for item in items:
            # Whether an answer is wanted, and which, the service says: with all other reasons, and once.
            self.fields[_name(item)] = forms.ChoiceField(
                label=item.question.words,
                required=False,
                choices=Answer.choices,
                initial=item.carried,
                # A browser asks for it when it signs, and not when the page is sent back.
                widget=forms.RadioSelect({"required": True}),
            )

    def unsigned(self) -> "SigningForm":
        """As it comes along with another verb: without a password."""
        self.fields["password"].required = False
        return self

    @property
    def checklist(self) -> list[tuple[ChecklistItem, forms.BoundField]]:
        """(question, its field) in the order asked."""
        return [(item, self[_name(item)]) for item in self.checklist_items]

    def due_questions(self) -> list[tuple[ChecklistItem, forms.BoundField]]:
        """Those that the change touches."""
        return [(item, field) for item, field in self.checklist if not item.carried]

    def carried_questions(self) -> list[tuple[ChecklistItem, forms.BoundField]]:
        """Those that are answered as last time, since nothing touched them."""
        return [(item, field) for item, field in self.checklist if item.carried]

    @property
    def choices(self) -> list[forms.BoundField]:
        """The fields that mostly stay as they are."""
        return [
            self[name] for name in ("review_due_on", "publish_at", "remarks", "asks_back_check") if name in self.fields
        ]

    def clean(self) -> dict[str, Any]:
        answers = {item.question.pk: self.cleaned_data.pop(_name(item), "") for item in self.checklist_items}
        return {**self.cleaned_data, "answers": {key: answer for key, answer in answers.items() if answer}}


def _name(item: ChecklistItem) -> str:
    return f"question-{item.question.pk}"


class SignForm(SigningForm):
    publish_at = TimeField(
        label=_("Publish at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

    asks_back_check = forms.BooleanField(
        label=_("Ask for a back-check"),
        required=False,
        help_text=_("Readers see it only after somebody else has compared what is safety-critical with its source."),
    )

    def __init__(self, *args: Any, offers_back_check: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not offers_back_check:
            del self.fields["asks_back_check"]
        now = timezone.localtime()
        self.fields["publish_at"].help_text = _(
            "Leave empty to publish immediately. Times are those of %(zone)s; it is %(time)s there."
        ) % {"zone": settings.HOME_TIME_ZONE, "time": date_format(now, "TIME_FORMAT")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        publish_at, due = cleaned.get("publish_at"), cleaned.get("review_due_on")
        if publish_at and due and due <= (published_on := timezone.localdate(publish_at)):
            self.add_error("review_due_on", due_too_soon(published_on))
        return cleaned


class SignOffPolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no arguments at run time
    """A policy with the reason for the record. What would have to wait behind another request is refused here."""

    reason = LongTextField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept on record. A second person reads it where fewer sign-offs are asked for."),
    )

    class Meta:
        model = SignOffPolicy
        fields = ["kind", "language", "sign_offs", "grave_sign_offs", "back_check"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            kind, language = (cleaned.get(name, getattr(self.instance, name)) for name in ("kind", "language"))
            numbers = {name: cleaned[name] for name in (*COLUMNS, "back_check")}
            for blocker in waiting_blockers(kind, language, numbers):
                raise forms.ValidationError(blocker)
        return cleaned


class PolicyAnswerForm(forms.Form):
    """A second person's answer; the button says which."""

    reason = LongTextField(
        label=_("Reason"), required=False, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        answer = self.data.get(self.add_prefix("answer"))
        if answer not in ("agree", "refuse"):
            raise forms.ValidationError(_("Choose whether you agree."))
        return {**self.cleaned_data, "agrees": answer == "agree"}


class ReaffirmForm(SigningForm):
    """Nothing is published anew: it has no time for that."""


class BringBackForm(SigningForm):
    """A signature that says why readers may see the page again; that is typed in full view."""

    field_order = ("remarks", "review_due_on", "password", "seen")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["remarks"].label = _("Why readers may see it again")

    @property
    def choices(self) -> list[forms.BoundField]:
        return [self["review_due_on"]]


class SendBackForm(forms.Form):
    remarks = LongTextField(
        label=_("What needs to change"),
        required=False,
        max_length=LONGEST_REMARK,
        help_text=_("You can leave this empty if you have remarked on the passages themselves."),
        widget=forms.Textarea({"rows": 4, "form": "signing"}),
    )

    @property
    def has_words(self) -> bool:
        """Whether something was typed, be it right or wrong."""
        return bool((self["remarks"].value() or "").strip())


class RemarkForm(TextForm):
    """A remark on a block (`node`), or an answer in a thread, which may settle or reopen it (`act`)."""

    text = LongTextField(required=False, max_length=LONGEST_REMARK, strip=False)
    ask = forms.CharField(required=False, max_length=151)  # a colleague, by @ and user name
    node = forms.CharField(required=False, max_length=80)
    thread = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    act = forms.ChoiceField(required=False, choices=Act)

    def clean(self) -> dict[str, Any]:
        """Who was chosen is asked in the words, at their beginning unless they ask already."""
        text = self.cleaned_data.get("text", "")
        mention = f"@{self.cleaned_data.get('ask', '').lstrip('@')}"
        if mention != "@" and text.strip() and mention.casefold() not in text.casefold():
            self.cleaned_data["text"] = f"{mention} {text}"
        return self.cleaned_data


class ReasonForm(forms.Form):
    reason = LongTextField(
        label=_("Reason for the record"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 3})
    )


class KeysField(forms.Field):
    """Keys of rows, of a field that is sent several times."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        typed = [text for text in value or [] if text.isascii() and text.isdigit() and len(text) < 18]
        return [int(text) for text in typed[:200]]


class SettleForm(ReasonForm):
    """Which of the lines that were shown, and why they change nothing, or what has to change."""

    all = forms.BooleanField(label=_("All that are shown"), required=False)
    shown = KeysField(required=False)
    certain = KeysField(required=False)  # those of them that certainly rest on the change
    pages = KeysField(required=False)
    groups = forms.MultipleChoiceField(choices=[("certain", ""), ("uncertain", "")], required=False)
    chosen = KeysField(required=False)
    password = forms.CharField(
        label=_("Confirm with your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
        required=False,  # not to propose; the service asks for it
    )


PERSON_TEXTS: dict[str, Any] = {
    "help_text": _("Type a few letters of the name."),
    "error_messages": {
        "unknown": _("Nobody here has the user name “%(key)s”. Type a few letters, then choose from the list.")
    },
}


class SignerForm(forms.Form):
    """Whose sign-offs, and since which day at home."""

    signer = PersonField(signers(), url=reverse_lazy("desk:signer-choices"), label=_("Signer"), **PERSON_TEXTS)
    since = forms.DateField(
        label=_("Signed on or after"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ShownSignerForm(SignerForm):
    """The same, of somebody whose sign-offs were shown: their user name may be another person's by now."""

    signer_key = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        signer = self.cleaned_data.get("signer")
        if signer and signer.pk != self.cleaned_data.get("signer_key"):
            message = _("The user name “%(name)s” is not that of the person you were shown. Nothing was revoked.")
            self.add_error("signer", message % {"name": signer.username})
        return {name: value for name, value in self.cleaned_data.items() if name != "signer_key"}


class AbsenceForm(forms.Form):
    """Who is away (themselves, but for a head of content), when, and who stands in."""

    absentee = PersonField(
        active_reviewers(), url=reverse_lazy("desk:reviewer-choices"), label=_("Who is away"), **PERSON_TEXTS
    )
    deputy = PersonField(
        active_reviewers(), url=reverse_lazy("desk:reviewer-choices"), label=_("Deputy"), **PERSON_TEXTS
    )
    from_day = forms.DateField(label=_("First day away"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    until_day = forms.DateField(label=_("Last day away"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.can(Permission.OVERSEE):
            del self.fields["absentee"]

    def clean(self) -> dict[str, Any]:
        return {"absentee": self.user, **(super().clean() or {})}


class WithdrawForm(ReasonForm):
    """In which languages, why, and what readers are told. Those offered are where something can be taken down."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,  # the service says so, with all else
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Translations depend on the source: with the source language, every language is taken down."),
    )
    explanation = ExplanationField(
        url=reverse_lazy("desk:explanation-choices"),
        label=_("Explanation for readers"),
        required=False,
        help_text=_(
            "Type a few letters of its title, or leave this empty for the default explanation. A signed explanation is "
            "shown immediately. An unsigned one is shown once it has been signed."
        ),
        error_messages={
            "unknown": _("No explanation has the address “%(key)s”. Type a few letters, then choose from the list.")
        },
    )
    field_order = ("languages", "explanation", "reason")

    def __init__(self, *args: Any, languages: Collection[str] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        offered = [(code, own_name(code)) for code in all_languages() if code in languages]
        self.fields["languages"].choices = offered  # type: ignore[attr-defined]  # of its own class


class AddressForm(forms.Form):
    slug = AddressField()


class MailForm(forms.Form):
    choice = forms.ChoiceField(label=_("When to receive email"), choices=MailChoice, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Email language"), choices=LANGUAGE_CHOICES)


class PreviewForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES)
    days = forms.TypedChoiceField(
        label=_("Link valid for"), choices=Lifetime.choices, coerce=int, initial=Lifetime.WEEK,
    )  # fmt: skip

    def offer(self, languages: Collection[str]) -> None:
        """Show only these languages to choose from."""
        self.fields["language"].widget.choices = [choice for choice in LANGUAGE_CHOICES if choice[0] in languages]


class SubmitForm(forms.Form):
    """The note for readers, asked for with every change that they can notice; `last_note` is the one that they read."""

    note = forms.CharField(label=_("What changed, for readers"), required=False)
    no_note = forms.BooleanField(label=_("Readers need no note about this change"), label_suffix="", required=False)
    token = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_required: bool, last_note: str, longest: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.is_required, self.last_note = is_required, last_note
        note = self.fields["note"]
        assert isinstance(note, forms.CharField)  # noqa: S101 for the type alone
        note.max_length = longest
        note.widget.attrs |= {"maxlength": longest}
        note.validators.append(MaxLengthValidator(longest))
        if last_note:
            note.help_text = format_html(str(_("Readers see it on the page. Last time: {}")), isolate(last_note))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        note, no_note = typed.get("note", ""), typed.get("no_note", False)
        if note and no_note:
            self.add_error("no_note", _("You wrote a note. Clear it, or clear this box."))
        elif note and note == self.last_note:
            self.add_error("note", _("That is the last note. Say what is new this time."))
        elif self.is_required and not note and not no_note and "note" not in self.errors:
            self.add_error("note", _("Say what is new for readers, or confirm that they need no note."))
        return typed
