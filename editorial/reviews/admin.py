from django.contrib import admin

from editorial.accounts.admin import RoleAdmin
from editorial.accounts.roles import Permission

from .models import SignOffPolicy


@admin.register(SignOffPolicy)
class SignOffPolicyAdmin(RoleAdmin):
    """How many sign-offs a page needs. A change counts for editions that are submitted after it."""

    view_permission = Permission.SET_POLICY
    list_display = ["__str__", "kind", "language", "sign_offs", "grave_sign_offs"]

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)
