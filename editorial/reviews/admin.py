from django import forms
from django.conf import settings
from django.contrib import admin

from editorial.accounts.admin import RoleAdmin
from editorial.accounts.languages import all_languages, column
from editorial.accounts.roles import Permission

from .models import Mail, Question, SignOffPolicy


@admin.register(SignOffPolicy)
class SignOffPolicyAdmin(RoleAdmin):
    """How many sign-offs a page needs. A change counts for editions that are submitted after it."""

    view_permission = Permission.SET_POLICY
    list_display = ["__str__", "kind", "language", "sign_offs", "grave_sign_offs"]

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


WORDINGS = [f"text_{column(code)}" for code in all_languages()]


class QuestionForm(forms.ModelForm):
    class Meta:
        model = Question
        fields = ["kind", "asked_of", "about", *WORDINGS, "order", "is_asked"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        source = f"text_{column(settings.SOURCE_LANGUAGE)}"
        for name in WORDINGS:
            self.fields[name].required = name == source
            self.fields[name].widget.attrs |= {"class": "vTextField", "dir": "auto"}


@admin.register(Question)
class QuestionAdmin(RoleAdmin):
    """The checklist. Reviews keep the words that were read: a change counts for signatures after it."""

    form = QuestionForm
    view_permission = Permission.SET_POLICY
    list_display = ["__str__", "kind", "asked_of", "about", "order", "is_asked"]
    list_filter = ["is_asked", "asked_of", "about"]


@admin.register(Mail)
class MailAdmin(RoleAdmin):
    """What waits, what was sent and what failed. To look at only."""

    view_permission = Permission.MANAGE_PEOPLE
    list_display = ["written_at", "user", "event", "edition", "state", "attempts", "not_before", "problem"]
    list_filter = ["state", "event", "in_digest", "urgent"]
    list_select_related = ["user", "edition"]
    ordering = ["-pk"]

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("edition__content")
