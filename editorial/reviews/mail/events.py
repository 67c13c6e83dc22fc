"""The events that people get mail about. One more event is one entry in EVENTS and one function in `notifications.py`.

What a letter says of an event is its title, one line in words, the reason that somebody gave for it, and the desk's
page where the work is. It never carries words of a page besides the title.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.fields import Label
from editorial.editions.labels import isolate
from editorial.editions.models import Edition

from ..models import Cause, Mail
from .addresses import desk_addresses


def _edition_of(mail: Mail) -> Edition:
    assert mail.edition is not None  # noqa: S101 (every event but those of facts is about one)
    return mail.edition


def _edition_page(mail: Mail) -> str:
    return desk_addresses().edition(_edition_of(mail).pk)


def _edition_title(mail: Mail) -> tuple[str, str]:
    edition = _edition_of(mail)
    return edition.title, edition.language


@dataclass(frozen=True, slots=True)
class MailEvent:
    """One sort of event. `line` and `where` are asked in the language of the letter."""

    subject: Label  # lazy, with %(title)s
    why: Label  # lazy: why somebody gets it
    line: Callable[[Mail], str]
    where: Callable[[Mail], str] = _edition_page
    title: Callable[[Mail], tuple[str, str]] = _edition_title  # (title, its language)
    is_grouped: bool = False  # one cause reaches many editions: what waits for a person goes in one mail


def _asked(mail: Mail) -> str:
    return _("%(name)s submitted edition %(number)s. It is ready for your review.") % _values(mail)


def _back_check(mail: Mail) -> str:
    return _("Edition %(number)s has its sign-offs and needs a back-check before readers see it.") % _values(mail)


def _sent_back(mail: Mail) -> str:
    return _("%(name)s sent edition %(number)s back. It needs changes before it is submitted again.") % _values(mail)


def _released(mail: Mail) -> str:
    since = datetime.fromisoformat(mail.said["from"])
    if since <= mail.written_at:
        return _("Edition %(number)s has all its sign-offs. Readers can see it now.") % _values(mail)
    values = _values(mail) | {"time": date_format(timezone.localtime(since), "DATETIME_FORMAT")}
    return _("Edition %(number)s has all its sign-offs. Readers will see it from %(time)s.") % values


def _withdrawn(mail: Mail) -> str:
    if mail.said.get("by_policy"):  # mail that was written before there was one does not say
        if mail.said["everywhere"]:
            return _("The policy for overdue pages took this page down in every language.")
        return _("The policy for overdue pages took this page down in this language.")
    if mail.said["everywhere"]:
        return _("%(name)s took this page down in every language.") % _values(mail)
    return _("%(name)s took this page down in this language.") % _values(mail)


def _revoked(mail: Mail) -> str:
    return _("%(name)s revoked the sign-off of edition %(number)s by %(signer)s.") % _values(mail)


def _recheck(mail: Mail) -> str:
    values = _values(mail) | {"cause": Cause(mail.said["cause"]).label, "what": isolate(mail.said["what"])}
    return _("Edition %(number)s needs a recheck: %(cause)s (%(what)s).") % values


def _rechecks(mail: Mail) -> str:
    return _("Pages that rest on this need a recheck: %(count)s. Reason: %(cause)s.") % {
        "count": number_format(mail.said["count"], use_l10n=True, force_grouping=True),
        "cause": Cause(mail.said["cause"]).label,
    }


def _remark(mail: Mail) -> str:
    return _("%(name)s made a remark on edition %(number)s.") % _values(mail)


def _mention(mail: Mail) -> str:
    return _("%(name)s asks you about edition %(number)s.") % _values(mail)


def _remark_page(mail: Mail) -> str:
    return f"{_edition_page(mail)}#remark-{mail.said['remark']}"


def _due(mail: Mail) -> str:
    values = _values(mail) | {"day": date_format(date.fromisoformat(mail.said["on"]), "DATE_FORMAT")}
    return _("The next review of edition %(number)s is due on %(day)s.") % values


def _unanswered(mail: Mail) -> str:
    since = date_format(timezone.localtime(datetime.fromisoformat(mail.said["since"])), "DATE_FORMAT")
    return _("Edition %(number)s has been pending since %(day)s with no response.") % (_values(mail) | {"day": since})


def _fact(mail: Mail) -> str:
    return _("%(name)s recorded a fact about this page. Open its source and verify it.") % {
        "name": isolate(mail.said["name"])
    }


def _values(mail: Mail) -> dict[str, str | int]:
    names = {key: isolate(mail.said.get(key, "")) for key in ("name", "signer")}
    return {"number": _edition_of(mail).number, **names}


ASKED, SENT_BACK, RELEASED, WITHDRAWN = "asked", "sent-back", "released", "withdrawn"
REVOKED, RECHECK, RECHECKS, DUE = "revoked", "recheck", "rechecks", "due"
REMARK, MENTION = "remark", "mention"
UNANSWERED, FACT, BACK_CHECK = "unanswered", "fact", "back-check"
BY_SUBMITTING = gettext_lazy("You get this because you submitted this edition.")

EVENTS = {
    ASKED: MailEvent(
        gettext_lazy("Please review: %(title)s"),
        gettext_lazy("You get this because you can sign this page."),
        _asked,
    ),
    BACK_CHECK: MailEvent(
        gettext_lazy("Please back-check: %(title)s"),
        gettext_lazy("You get this because you can sign pages in this language and in the source language."),
        _back_check,
        where=lambda mail: desk_addresses().back_check(_edition_of(mail).pk),
    ),
    SENT_BACK: MailEvent(gettext_lazy("Sent back: %(title)s"), BY_SUBMITTING, _sent_back),
    RELEASED: MailEvent(gettext_lazy("Signed: %(title)s"), BY_SUBMITTING, _released),
    WITHDRAWN: MailEvent(
        gettext_lazy("Taken down: %(title)s"),
        gettext_lazy("You get this because you submitted the newest edition of this page."),
        _withdrawn,
        where=lambda mail: desk_addresses().document(_edition_of(mail).document_id),
        is_grouped=True,
    ),
    REVOKED: MailEvent(
        gettext_lazy("Sign-off revoked: %(title)s"),
        gettext_lazy("You get this because you submitted or signed this edition."),
        _revoked,
    ),
    REMARK: MailEvent(
        gettext_lazy("New remark: %(title)s"),
        gettext_lazy("You get this because you submitted this edition or take part in the thread."),
        _remark,
        where=_remark_page,
    ),
    MENTION: MailEvent(
        gettext_lazy("A question for you: %(title)s"),
        gettext_lazy("You get this because someone mentioned you."),
        _mention,
        where=_remark_page,
    ),
    RECHECK: MailEvent(
        gettext_lazy("Recheck needed: %(title)s"),
        gettext_lazy("You get this because you can sign this page or were the last to edit it."),
        _recheck,
        where=lambda mail: f"{_edition_page(mail)}#rechecks",
        is_grouped=True,
    ),
    RECHECKS: MailEvent(
        gettext_lazy("Rechecks needed: %(title)s"),
        gettext_lazy("You get this because you can sign these pages or were the last to edit them."),
        _rechecks,
        where=lambda mail: desk_addresses().rechecks(mail.said["cause"]),
        title=lambda mail: (mail.said["what"], settings.SOURCE_LANGUAGE),
        is_grouped=True,
    ),
    DUE: MailEvent(
        gettext_lazy("Due for review: %(title)s"),
        gettext_lazy("You get this because you can sign this page or were the last to edit it."),
        _due,
        is_grouped=True,
    ),
    UNANSWERED: MailEvent(
        gettext_lazy("No response yet: %(title)s"),
        gettext_lazy("You get this because you manage the review queue."),
        _unanswered,
        is_grouped=True,
    ),
    FACT: MailEvent(
        gettext_lazy("Please verify: %(title)s"),
        gettext_lazy("You get this because you can verify what others record."),
        _fact,
        where=lambda mail: mail.said["path"],
        title=lambda mail: (mail.said["title"], settings.SOURCE_LANGUAGE),
        is_grouped=True,
    ),
}
