"""Letters in words: plain text and HTML, in the language of whoever gets them."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from editorial.accounts.languages import bcp47, direction, own_name
from editorial.editions.labels import isolate

from ..models import Mail
from .addresses import desk_addresses
from .events import EVENTS
from .obsolete import obsolete_ids
from .outbox import Letter

LONGEST = 50  # events that a letter tells of one by one; of the others it says how many they are


def compose_letter(letter: Letter) -> EmailMultiAlternatives:
    """The letter, ready to be sent. Its Message-ID is the letter's own: sent twice, it is still one message."""
    language = letter.user.mail_language
    # It was begun before, and keeps its rows and its name: what was done since is said.
    done = obsolete_ids(letter.mails) if letter.mails[0].claim else set()
    with override(language):
        subject = _subject(letter)
        context = {
            "lang": bcp47(language),
            "dir": direction(language),
            "subject": subject,
            "name": letter.user.name,
            "is_digest": letter.is_digest,
            "entries": [_entry(mail, language, is_over=mail.pk in done) for mail in letter.mails[:LONGEST]],
            "left_out": max(len(letter.mails) - LONGEST, 0),
            "queue_url": absolute_url(desk_addresses().queue()),
            "reasons": list(dict.fromkeys(str(EVENTS[mail.event].why) for mail in letter.mails)),
            "choose_url": absolute_url(desk_addresses().mail_settings()),
        }
        host = urlsplit(settings.SITE_URL).hostname
        message = EmailMultiAlternatives(
            subject,
            render_to_string("mail/letter.txt", context),
            to=[letter.user.email],
            headers={
                "Message-ID": f"<{letter.name}@{host}>",
                "Auto-Submitted": "auto-generated",  # so that nobody's "I am away" comes back
                "Content-Language": bcp47(language),
            },
        )
        message.attach_alternative(render_to_string("mail/letter.html", context), "text/html")
        return message


def absolute_url(path: str) -> str:
    """The whole address of one of the site's own."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _subject(letter: Letter) -> str:
    if letter.is_digest:
        return _("Your daily email from the desk")
    first = letter.mails[0]
    subject = EVENTS[first.event].subject % {"title": _title(first, letter.user.mail_language)}
    if first.urgent:
        subject = _("Safety: %(subject)s") % {"subject": subject}
    return f"{subject} (+{len(letter.mails) - 1})" if len(letter.mails) > 1 else subject


def _title(mail: Mail, language: str) -> str:
    title, of = EVENTS[mail.event].title(mail)
    title = " ".join(title.split())  # a header is one line
    return title if of == language else isolate(title)


def _line(mail: Mail, *, is_over: bool) -> str:
    """What happened; for whom somebody is asked who stands in; and whether it was done since."""
    line = EVENTS[mail.event].line(mail)
    if absent := mail.said.get("for"):
        deputising = _("You are standing in for %(name)s, who is away.") % {"name": isolate(absent)}
        line = f"{line} {deputising}"
    if is_over:
        done = _("This has since been done. There is nothing left to do.")
        line = f"{line} {done}"
    return line


def _entry(mail: Mail, language: str, *, is_over: bool) -> dict[str, Any]:
    event = EVENTS[mail.event]
    title, of = event.title(mail)
    return {
        "title": title,
        "isolated_title": _title(mail, language),
        "lang": bcp47(of),
        "dir": direction(of),
        "language_name": own_name(of),
        "urgent": mail.urgent,
        "line": _line(mail, is_over=is_over),
        "reason": mail.said.get("reason", ""),
        "url": absolute_url(event.where(mail)),
    }
