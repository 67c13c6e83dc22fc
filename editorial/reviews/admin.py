from django.contrib import admin

from editorial.accounts.admin import RoleAdmin

from .models import SignOffPolicy


@admin.register(SignOffPolicy)
class SignOffPolicyAdmin(RoleAdmin):
    """How many sign-offs a page needs. A change counts for editions that are submitted after it."""

    list_display = ["__str__", "kind", "language", "sign_offs"]

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)
