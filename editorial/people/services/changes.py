"""Changing people. What lets somebody sign, or reaches whoever signs, counts only once a second person agreed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.models import Reviewer, User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import length_blockers, reason_blockers, refuse_if, validation_blockers
from editorial.editions.models import append_site_record
from editorial.editions.working.copies import refreshed_user

from .. import letters
from ..facts import (
    IDENTITY,
    Changes,
    apply_changes,
    compare_facts,
    describe_person,
    lock_person,
    needs_agreement,
    planned_credentials,
)
from ..models import Act, PersonRecord, open_requests
from .links import send_password_link

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What counts already, and the request for what does not yet (None where nothing needs a second person)."""

    done: Changes
    request: PersonRecord | None


def change_person(person: User, changes: Changes, *, user: User, reason: str = "") -> Outcome:
    """Change what `user` may change alone, and ask for the rest. Raises Blocked.

    `changes` is {what: [before, after]} in the words of `describe_person`; each `before` has to be so still.
    """
    with transaction.atomic():
        user = refreshed_user(user)
        person = lock_person(person)
        facts = describe_person(person)
        alone = {
            what: [before, after]
            for what, (before, after) in changes.items()
            if not needs_agreement(what, before, after, facts)
        }
        asked = {what: values for what, values in changes.items() if what not in alone}
        refuse_if(_change_blockers(person, changes, user, reason, asks=bool(asked)))
        if alone:
            apply(person, alone)
            record = PersonRecord(act=Act.CHANGED, person=person, changes=alone, reason=reason.strip())
            append_site_record(record, user=user)
        if not asked:
            return Outcome(alone, None)
        request = PersonRecord(
            act=Act.ASKED, person=person, changes=asked, seen=identity(person), reason=reason.strip()
        )
        append_site_record(request, user=user)
        letters.tell_who_may_agree(request)
        return Outcome(alone, request)


def record_new_person(person: User, *, user: User) -> None:
    """The record of an account that `user` has just made, and the link to its owner. In the same transaction."""
    refuse_if(_change_blockers(person, {}, refreshed_user(user), "", asks=False))
    changes = compare_facts({}, describe_person(person))
    append_site_record(PersonRecord(act=Act.CHANGED, person=person, changes=changes), user=user)
    send_password_link(person, user=user)


def _change_blockers(person: User, changes: Changes, user: User, reason: str, *, asks: bool) -> Iterator[str]:
    if not user.can(Permission.MANAGE_PEOPLE):
        yield _("Only a site admin can change people.")
    yield from length_blockers(reason, limit=LONGEST_REASON)
    yield from _stale_blockers(person, changes)
    if asks and open_requests().filter(person=person).exists():
        yield _("A change of %(name)s is already waiting for a second person. It has to be answered first.") % {
            "name": person.name
        }


def _stale_blockers(person: User, changes: Changes) -> Iterator[str]:
    facts = describe_person(person)
    if any(facts.get(what) != before for what, (before, _after) in changes.items()):
        yield _("%(name)s was changed in the meantime. Look at them again.") % {"name": person.name}


def answer_request(request: PersonRecord, *, agrees: bool, user: User, reason: str = "") -> PersonRecord:
    """Agree to a request, which then counts, or refuse it; whoever asked can take it back. Raises Blocked."""
    with transaction.atomic():
        user = refreshed_user(user)
        person = lock_person(request.person)
        request = PersonRecord.objects.select_related("person", "recorded_by").get(pk=request.pk)
        refuse_if(_answer_blockers(request, person, agrees, user, reason))
        answer = answer_for(request, Act.AGREED if agrees else Act.REFUSED, reason)
        append_site_record(answer, user=user)
        if agrees:
            apply(person, request.changes)
        letters.tell_who_asked(answer)
        return answer


def count_answerable(user: User) -> int:
    """How many requests wait for this person to answer them."""
    if not user.can(Permission.AGREE):
        return 0
    return open_requests().exclude(recorded_by=user).exclude(person=user).count()


def _answer_blockers(request: PersonRecord, person: User, agrees: bool, user: User, reason: str) -> Iterator[str]:
    is_askers = user.pk == request.recorded_by_id
    if not request.is_open:
        yield _("Somebody has answered this already.")
        return
    if not user.can(Permission.AGREE) and not (is_askers and not agrees):
        yield _("Only a head of content, a site admin or a medical reviewer can answer this.")
    if is_askers and agrees:
        yield _("You asked for this yourself. Somebody else has to agree.")
    if user.pk == person.pk and not is_askers:
        yield _("This is about you. Somebody else has to answer.")
    if agrees:
        yield from length_blockers(reason, limit=LONGEST_REASON)
        yield from stale_request_blockers(request, person)
        yield from clash_blockers(person, request.changes)
    else:
        yield from reason_blockers(reason, limit=LONGEST_REASON)


def stale_request_blockers(request: PersonRecord, person: User) -> Iterator[str]:
    """Why a request no longer is about the person as they are now."""
    if request.seen != identity(person):
        yield _("%(name)s was changed after this was asked for. Refuse it, and ask again.") % {"name": person.name}
    else:
        yield from _stale_blockers(person, request.changes)


def clash_blockers(person: User, changes: Changes) -> Iterator[str]:
    """What somebody else has taken since it was asked for: a username, a reviewer's address or name."""
    username = changes.get("username", [None, None])[1]
    if username and User.objects.exclude(pk=person.pk).filter(username=username).exists():
        yield _("The username %(username)s is taken by now. Refuse this, and ask again.") % {"username": username}
    credentials = planned_credentials(person, changes)
    if credentials:
        try:
            credentials.full_clean()
        except ValidationError as error:
            yield from validation_blockers(error, Reviewer)


def answer_for(request: PersonRecord, act: Act, reason: str) -> PersonRecord:
    """The record of an answer, not yet written."""
    changes = request.changes if act == Act.AGREED else {}
    return PersonRecord(act=act, person=request.person, request=request, changes=changes, reason=reason.strip())


def identity(person: User) -> dict[str, str]:
    """Who a person is to others: what nobody may swap between a request and its answer."""
    return {name: getattr(person, name) for name in IDENTITY}


def apply(person: User, changes: Changes) -> None:
    """Write changes that count now. Whoever had an address that was changed is told there."""
    before = person.email
    apply_changes(person, changes)
    if person.email != before:
        if person.has_usable_password():
            person.email_changed_at = timezone.now()
            person.save(update_fields=["email_changed_at"])
        letters.tell_old_address(person, before)
