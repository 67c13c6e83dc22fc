"""The roles of this product, and who may do what because of them.

One table, read by services and views alike: nothing else in the project compares role names.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    AUTHOR = "author", _("Author")
    REVIEWER = "reviewer", _("Medical reviewer")
    TRANSLATOR = "translator", _("Translator")
    DRUG_ADMIN = "drug-admin", _("Drug admin")
    HEAD = "head", _("Head of content")
    OPERATOR = "operator", _("Duty operator")
    SITE_ADMIN = "site-admin", _("Site admin")


class Permission(models.TextChoices):
    """What a service asks before it acts. `docs/permissions.md` is the same table in words."""

    READ_DESK = "read-desk", _("view drafts and the desk")
    WRITE = "write", _("write in the source language")
    RECORD_FACTS = "record-facts", _("write monographs and record what regulators did")
    TRANSLATE = "translate", _("translate into a language")
    DECIDE_TERMS = "decide-terms", _("decide what terms are called in a language")
    REMARK = "remark", _("remark on an edition, answer, resolve")
    REVIEW = "review", _("review and sign off")
    WITHDRAW = "withdraw", _("withdraw a page, with valid credentials")
    HIDE = "hide", _("take a page down at any hour")
    SEND_NOTICE = "send-notice", _("send a stock notice about urgent news that somebody else recorded")
    REVOKE = "revoke", _("revoke a sign-off")
    SHARE = "share", _("share a preview of any page")
    SET_POLICY = "set-policy", _("set the sign-off policy and move addresses")
    OVERSEE = "oversee", _("see how current the pages are and who has how much to review")
    MANAGE_PEOPLE = "manage-people", _("manage people and credentials")
    AGREE = "agree", _("agree to a change of a signer that somebody else asked for")


GRANTS = {
    Role.AUTHOR: {Permission.READ_DESK, Permission.REMARK, Permission.WRITE},
    Role.REVIEWER: {
        Permission.READ_DESK,
        Permission.REMARK,
        Permission.REVIEW,
        Permission.WITHDRAW,
        Permission.SEND_NOTICE,
        Permission.SHARE,
        Permission.AGREE,
    },
    Role.TRANSLATOR: {Permission.READ_DESK, Permission.REMARK, Permission.TRANSLATE, Permission.DECIDE_TERMS},
    Role.DRUG_ADMIN: {Permission.READ_DESK, Permission.REMARK, Permission.RECORD_FACTS},
    Role.HEAD: {
        Permission.READ_DESK,
        Permission.REMARK,
        Permission.WRITE,
        Permission.DECIDE_TERMS,
        Permission.SHARE,
        Permission.REVOKE,
        Permission.SET_POLICY,
        Permission.OVERSEE,
        Permission.AGREE,
    },
    # Hiding is always safe, publishing never is: the operator can do that, and warn with words that were signed before.
    Role.OPERATOR: {Permission.READ_DESK, Permission.HIDE, Permission.SEND_NOTICE},
    Role.SITE_ADMIN: {
        Permission.READ_DESK,
        Permission.SET_POLICY,
        Permission.MANAGE_PEOPLE,
        Permission.REVOKE,
        Permission.AGREE,
    },
}
# Whoever signs, and whoever lets others sign: nobody alone makes somebody one of these.
TRUSTED_ROLES = [role for role, granted in GRANTS.items() if granted & {Permission.REVIEW, Permission.AGREE}]


def roles_granting(permission: Permission) -> list[Role]:
    """The roles that grant this, for questions about many people at once."""
    return [role for role, granted in GRANTS.items() if permission in granted]
