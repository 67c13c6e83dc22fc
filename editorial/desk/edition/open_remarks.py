"""The open remarks of a page as its sign panel shows them: each is settled there before anybody signs."""

from typing import Any

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.models import Edition
from editorial.reviews import rules
from editorial.reviews.colleagues import find_colleagues
from editorial.reviews.models import Remark
from editorial.reviews.threads import Thread, find_set_aside, open_threads

COLLEAGUES = 20  # to be read; all others are found by a few letters


def remarks_context(edition: Edition, loaded: list[Thread], user: User) -> dict[str, Any]:
    """Open threads on the page in the edition's language, whichever edition they began on; what was set aside since it
    was last signed; and what this person may do about them. `loaded` are those of `load_threads`.
    """
    threads = [thread for thread in loaded if thread.is_open]
    page = Remark.objects.filter(document=edition.document_id, language=edition.language)
    if page.filter(edition__number__gt=edition.number).exists():
        threads = open_threads(edition.document_id, edition.language, edition.tree)
    can_remark = user.can(Permission.REMARK)
    colleagues = find_colleagues(edition, user, COLLEAGUES + 1) if can_remark else []
    has_others = any(thread.opening.made_by_id != user.pk for thread in threads)
    setting_aside_blockers = list(rules.setting_aside_blockers(edition, user)) if has_others else []
    return {
        "open_remarks": threads,
        "set_aside": find_set_aside(edition),
        "can_remark": can_remark,
        "can_set_aside": can_remark and has_others and not setting_aside_blockers,
        "colleagues": colleagues[:COLLEAGUES],
        "has_more_colleagues": len(colleagues) > COLLEAGUES,
    }
