from django.contrib import admin

from editorial.accounts.admin import RoleAdmin
from editorial.accounts.roles import Permission

from .models import Mail, SignOffPolicy


@admin.register(SignOffPolicy)
class SignOffPolicyAdmin(RoleAdmin):
    """How many sign-offs a page needs. A change counts for editions that are submitted after it."""

    view_permission = Permission.SET_POLICY
    list_display = ["__str__", "kind", "language", "sign_offs", "grave_sign_offs"]

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


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
