"""What is sent to the desk's forms by the tests of garbage: the forms, who sends them, and nasty values."""

import re
from zlib import crc32

from django.db import transaction

from tests.desk.forms import filled
from tests.factories import pages
from tests.factories.people import PASSWORD

# The form of a page, which it is sent to: (who, page).
FORMS = {
    "write": ("author", "/admin/articles/article/{live.pk}/change/"),
    "new article": ("author", "/admin/articles/article/add/"),
    "new topic": ("author", "/admin/library/topic/add/"),
    "topic": ("author", "/admin/library/topic/{topic.pk}/change/"),
    "new words": ("author", "/admin/library/sitewords/add/"),
    "words": ("author", "/admin/library/sitewords/{words.pk}/change/"),
    "new entry": ("author", "/admin/library/glossaryentry/add/"),
    "entry": ("author", "/admin/library/glossaryentry/{entry.pk}/change/"),
    "new reference": ("author", "/admin/library/reference/add/"),
    "reference": ("author", "/admin/library/reference/{reference.pk}/change/"),
    "new figure": ("author", "/admin/library/figure/add/"),
    "figure": ("author", "/admin/library/figure/{figure.pk}/change/"),
    "new monograph": ("drug_admin", "/admin/drugs/monograph/add/"),
    "monograph": ("drug_admin", "/admin/drugs/monograph/{drug.pk}/change/"),
    "decision": ("drug_admin", "/admin/drugs/monograph/{drug.pk}/record/"),
    "correction": ("drug_admin", "/admin/drugs/monograph/decisions/{event.pk}/correct/"),
    "translate": ("translator", "/admin/translate/{live.pk}/es/"),
    "withdraw": ("operator", "/admin/desk/documents/{live.pk}/en/withdraw/"),
    "revoke": ("head", "/admin/desk/sign-offs/{sign_off.pk}/revoke/"),
    "user": ("admin", "/admin/accounts/user/{author.pk}/change/"),
    "new user": ("admin", "/admin/accounts/user/add/"),
    "credentials": ("admin", "/admin/accounts/reviewer/{reviewer.reviewer.pk}/change/"),
    "mail": ("author", "/admin/desk/mail/"),
    "absence": ("head", "/admin/desk/absence/"),
    "policy": ("head", "/admin/reviews/signoffpolicy/add/"),
    "question": ("head", "/admin/reviews/question/{question.pk}/change/"),
    "policy for overdue pages": ("head", "/admin/reviews/overduepolicy/add/"),
    "sign in": (None, "/admin/login/"),
}
# Forms that stand with others on a page: their fields.
PARTS = {
    "sign": ("reviewer", "/admin/desk/editions/{waiting.pk}/sign/", [
        "sign-password", "sign-question-1", "sign-seen", "sign-review_due_on", "sign-publish_at", "sign-remarks",
    ]),
    "reaffirm": ("reviewer", "/admin/desk/editions/{edition.pk}/reaffirm/", [
        "reaffirm-password", "reaffirm-question-1", "reaffirm-seen", "reaffirm-review_due_on", "reaffirm-remarks",
    ]),
    "remark": ("author", "/admin/desk/editions/{waiting.pk}/remark/", ["text", "ask", "node", "thread", "act"]),
    "dismiss advice": ("author", "/admin/desk/documents/{live.pk}/en/findings/", ["check", "node", "reason"]),
    "send back": ("reviewer", "/admin/desk/editions/{waiting.pk}/send-back/", ["back-remarks"]),
    "share a preview": ("author", "/admin/desk/documents/{live.pk}/previews/", ["language", "days"]),
    "move": ("head", "/admin/desk/documents/{live.pk}/address/", ["slug"]),
    "answer a request": ("admin", "/admin/desk/policies/{policy_request.pk}/answer/", [
        "answer-{policy_request.pk}-answer", "answer-{policy_request.pk}-reason",
    ]),
    "settle": ("reviewer", "/admin/desk/rechecks/{recheck.cause}/{recheck.document_id}/", [
        "shown", "chosen", "all", "reason", "password",
    ]),
    "revoke since": ("head", "/admin/desk/sign-offs/revoke/", ["signer", "signer_key", "since", "reason"]),
    "restore": ("author", "/admin/desk/documents/{live.pk}/en/restore/", [
        "model", "row", "field", "history", "token",
    ]),
}  # fmt: skip
HUGE = "9" * 30
NASTY = [
    "", " ", "\0", "0", "-1", "1e9", HUGE, "9" * 5000, "٣", "²", "NaN", "null", "'; DROP TABLE x; --", "%s{0}{{x}}",
    "<p data-id='b-1'>x</p><script>", "\u202e", "😀", "9999-12-31", "0001-01-01", "0001-01-01T00:00",
    "9999-12-31T23:59", "2026-03-08T02:30", "\r\n\r\n", "[@nothing]", "[@a][@a]", "../../etc", "x" * 3000, "en", "True",
]  # fmt: skip


def opened(signed_in, world, name: str) -> tuple:
    """(client, address, {field: value}) of a form as it stands when somebody who may has opened it."""
    who, address = FORMS[name] if name in FORMS else PARTS[name][:2]
    client, address = client_of(signed_in, world, who), address.format(**vars(world))
    return client, address, filled(client.get(address)) if name in FORMS else _begun(world, PARTS[name][2])


def client_of(signed_in, world, who: str | None):
    return signed_in(getattr(world, who) if who else None)


def _begun(world, fields: list[str]) -> dict:
    """These fields of a part, right where nothing could be done without them."""
    good = {
        "model": "article", "row": world.live.pk, "field": "lead",
        "history": world.live.article.history.first().history_id,
        "signer": world.reviewer.username, "signer_key": world.reviewer.pk, "since": "2020-01-01", "reason": "Wrong.",
        "token": pages.version_token(world.live, "en"), "sign-password": PASSWORD, "reaffirm-password": PASSWORD,
    }  # fmt: skip
    return {field.format(**vars(world)): good.get(field, "") for field in fields}


def sent(client, address: str, data: dict) -> int:
    """The status, and the database as it was."""
    client.raise_request_exception = False
    with transaction.atomic():
        status = client.post(address, data).status_code
        transaction.set_rollback(True)
    return status


def own(name: str, fields) -> list[str]:
    """The fields to try: of rows, which are all alike, those of the first."""
    rows = re.compile(r"-[1-9]\d*-")
    return [field for field in fields if not rows.search(field) and not _stock(name, field)]


def _stock(name: str, field: str) -> bool:
    """Hidden fields of Django's own: that it does not read, and of its inlines, which only a forger changes and Django
    does not guard."""
    if field.endswith(("-MIN_NUM_FORMS", "-MAX_NUM_FORMS")):
        return True
    return name in ("user", "credentials") and field.endswith(("_FORMS", "-id"))


def values(name: str, step: int) -> list[str]:
    """All of NASTY, beginning elsewhere for another form and for another step."""
    start = (crc32(name.encode()) + step) % len(NASTY)
    return NASTY[start:] + NASTY[:start]
