"""Changing how many sign-offs pages need. What asks for fewer counts only once a second person agreed.

Every change is a record, and so is every request and its answer. No change reaches an edition that was submitted
before: what it needs is frozen onto it.
"""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from editorial.accounts.languages import all_languages
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import length_blockers, reason_blockers, refuse_if
from editorial.editions.kinds import all_kinds
from editorial.editions.models import append_site_record, lock_site_chain
from editorial.editions.working.copies import refreshed_user

from ..mail import policy_letters
from ..models import (
    Numbers,
    PolicyAct,
    PolicyName,
    PolicyRecord,
    SignOffPolicy,
    asks_back_check,
    find_requirement,
    open_policy_requests,
)

COLUMNS = ("sign_offs", "grave_sign_offs")


def change_sign_off_policy(
    kind: str, language: str, numbers: Numbers, *, user: User, reason: str = ""
) -> PolicyRecord | None:
    """Set the policy for pages of a kind in a language ("" of either: all); no `numbers` take it away.

    Returns the record, which is a request (`is_open`) where fewer sign-offs would be needed somewhere; None where
    nothing changes. Raises Blocked.
    """
    with transaction.atomic():
        user, rows = refreshed_user(user), _locked_rows()
        before, numbers = numbers_of(_row_of(rows, kind, language)), _plain(numbers)
        refuse_if([*_setter_blockers(user), *length_blockers(reason)])
        if before == numbers:
            return None
        is_lower = is_lowering(rows, kind, language, numbers)
        refuse_if(_waiting_blockers(kind, language) if is_lower else ())
        record = PolicyRecord(
            act=PolicyAct.ASKED if is_lower else PolicyAct.CHANGED, policy=PolicyName.SIGN_OFFS, kind=kind,
            language=language, before=before, after=numbers, reason=reason.strip(),
        )  # fmt: skip
        append_site_record(record, user=user)
        if is_lower:
            policy_letters.tell_who_may_agree(record)
        else:
            _apply(record)
        return record


def numbers_of(row: SignOffPolicy | None) -> Numbers:
    """The numbers of a row as records hold them: those from before there were back-checks say nothing of them."""
    if row is None:
        return {}
    return {name: getattr(row, name) for name in COLUMNS} | ({"back_check": True} if row.back_check else {})


def _plain(numbers: Numbers) -> Numbers:
    """As `numbers_of` has them."""
    return {name: value for name, value in numbers.items() if name != "back_check" or value}


def is_lowering(rows: Iterable[SignOffPolicy], kind: str, language: str, numbers: Numbers) -> bool:
    """Whether pages of any kind in any language would need fewer sign-offs than by `rows` for any change, or no
    back-check where they need one.
    """
    rows = list(rows)
    after = [row for row in rows if (row.kind, row.language) != (kind, language)]
    if numbers:
        after.append(SignOffPolicy(kind=kind, language=language, **numbers))
    kinds = {known.name for known in all_kinds()} | {row.kind for row in rows} | {kind}
    if any(
        asks_back_check(rows, name, code) and not asks_back_check(after, name, code)
        for name in kinds - {""}
        for code in all_languages()
    ):
        return True
    return any(
        find_requirement(after, name, code, grave=grave) < find_requirement(rows, name, code, grave=grave)
        for name in kinds - {""}
        for code in all_languages()
        for grave in (False, True)
    )


def answer_policy_request(
    request: PolicyRecord, *, agrees: bool, user: User | None, reason: str = "", name: str = ""
) -> PolicyRecord:
    """Agree to a request, which then counts, or refuse it; whoever asked can take it back. Raises Blocked.

    `user` is None for a command on the server, of which `name` says who ran it: a team with nobody else to ask.
    """
    with transaction.atomic():
        user, rows = refreshed_user(user) if user else None, _locked_rows()
        request = PolicyRecord.objects.select_related("recorded_by").get(pk=request.pk)
        is_stale = numbers_of(_row_of(rows, request.kind, request.language)) != request.before
        refuse_if(_answer_blockers(request, user, reason, agrees=agrees, is_stale=is_stale))
        answer = PolicyRecord(
            act=PolicyAct.AGREED if agrees else PolicyAct.REFUSED, policy=request.policy, kind=request.kind,
            language=request.language, before=request.before, after=request.after, request=request,
            reason=reason.strip(),
        )  # fmt: skip
        append_site_record(answer, user=user, name=name)
        if agrees:
            _apply(answer)
        policy_letters.tell_who_asked(answer)
        return answer


def _locked_rows() -> list[SignOffPolicy]:
    """The policies, which nobody else changes until the transaction ends: also where there are none yet."""
    lock_site_chain(PolicyRecord)
    return list(SignOffPolicy.objects.order_by("pk"))


def _row_of(rows: Iterable[SignOffPolicy], kind: str, language: str) -> SignOffPolicy | None:
    return next((row for row in rows if (row.kind, row.language) == (kind, language)), None)


def _apply(record: PolicyRecord) -> None:
    if record.after:
        defaults = {"back_check": False, **record.after}
        SignOffPolicy.objects.update_or_create(kind=record.kind, language=record.language, defaults=defaults)
    else:
        SignOffPolicy.objects.filter(kind=record.kind, language=record.language).delete()


def _setter_blockers(user: User) -> Iterator[str]:
    if not user.can(Permission.SET_POLICY):
        yield _("Only a head of content or a site admin can set policies.")


def waiting_blockers(kind: str, language: str, numbers: Numbers) -> Iterator[str]:
    """Why these numbers cannot be asked for now, for the form that asks for them."""
    if is_lowering(SignOffPolicy.objects.all(), kind, language, numbers):
        yield from _waiting_blockers(kind, language)


def _waiting_blockers(kind: str, language: str) -> Iterator[str]:
    if open_policy_requests().filter(kind=kind, language=language).exists():
        yield _("A change of this policy is already waiting for a second person. It has to be answered first.")


def _answer_blockers(
    request: PolicyRecord, user: User | None, reason: str, *, agrees: bool, is_stale: bool
) -> Iterator[str]:
    if not request.is_open:
        yield _("Somebody has answered this already.")
        return
    if user:
        yield from _setter_blockers(user)
    if agrees and user and user.pk == request.recorded_by_id:
        yield _("You asked for this yourself. Somebody else has to agree.")
    if agrees and is_stale:
        yield _("The policy was changed after this was asked for. Refuse it, and ask again.")
    yield from length_blockers(reason) if agrees else reason_blockers(reason)
