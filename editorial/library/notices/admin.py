"""The page on which urgent notices are changed; they are begun from what happened, on the desk."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from editorial.accounts.roles import Permission
from editorial.desk.writing.forms import write_form
from editorial.desk.writing.writing_admin import WritingAdmin

from .kind import NoticeKind
from .models import Notice


@admin.register(Notice)
class NoticeAdmin(WritingAdmin):
    change_permission = Permission.RECORD_FACTS
    new_title = gettext_lazy("New urgent notice")
    write_form = write_form(NoticeKind.fields)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
