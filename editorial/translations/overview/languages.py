"""Whose languages are whose: what somebody is shown of the translation desk, and what it counts."""

from editorial.accounts.languages import target_languages
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.reviews import rules


def visible_languages(user: User) -> list[str]:
    """Languages of which this user sees what there is to translate: theirs, or all for who oversees the pages.

    A translator's are those that they write, a reviewer's those that they sign in.
    """
    if user.can(Permission.OVERSEE):
        return target_languages()
    languages = set(written_languages(user))
    if user.can(Permission.REVIEW) and (reviewer := rules.find_credentials(user)):
        languages |= {row.language for row in reviewer.languages.all()}
    return [code for code in target_languages() if code in languages]


def written_languages(user: User) -> list[str]:
    """Those that this user translates into."""
    return [code for code in target_languages() if user.can(Permission.TRANSLATE, language=code)]


def counted_languages(user: User) -> list[str]:
    """Languages of which this user sees who translated how much: all for heads of content and site admins."""
    sees_all = user.can(Permission.OVERSEE) or user.can(Permission.MANAGE_PEOPLE)
    return target_languages() if sees_all else written_languages(user)
