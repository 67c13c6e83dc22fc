"""One document: its languages at a glance, what happened last, and taking it down."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from editorial.accounts.languages import bcp47, own_name
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import Blocked
from editorial.editions.kinds import Kind, kind_of
from editorial.editions.models import Document, Release, SignOff
from editorial.editions.states import LanguageState, PublicState, load_states
from editorial.editions.working import copies, discards
from editorial.reading.addresses import page_url
from editorial.reviews import queue, rules, services
from editorial.reviews.reinstatements import returnable_languages

from ..form_keeper import answer_keep, changed_fields, forget_typed, form_keeper, is_keep_request, typed_data
from ..forms import AddressForm, WithdrawForm
from ..frame import DeskRequest, desk_view, edit_url, language_links, language_or_404, refused_status, render
from ..history.presenters import group_by_day
from ..history.timeline import Timeline
from ..incoming_links import read_incoming

LATEST = 6  # entries of its history that a document's own page shows


@desk_view
@require_safe
def document(request: DeskRequest, pk: int) -> HttpResponse:
    return render_document(request, get_object_or_404(Document, pk=pk))


def render_document(
    request: DeskRequest,
    document: Document,
    *,
    blockers: Sequence[str] = (),
    address_form: AddressForm | None = None,
    status: int = 200,
) -> HttpResponse:
    kind = kind_of(document)
    state = load_states([document.pk])[document.pk]
    can_take_down = rules.can_take_down(request.user)
    returnable = returnable_languages(document)
    context = {
        "document": document,
        "kind": kind,
        "edit_url": "" if document.is_discarded else edit_url(document),
        "can_discard": not list(discards.discard_blockers(document, request.user)),
        "can_bring_back": not list(discards.return_blockers(document, request.user)),
        "discarded": document.discards.last() if document.is_discarded else None,
        "may_set_policy": request.user.can(Permission.SET_POLICY),
        "incoming": read_incoming(document),
        "move_blockers": list(copies.move_blockers(document, request.user)),
        "can_revoke": request.user.can(Permission.REVOKE),
        "address_form": address_form or AddressForm(initial={"slug": document.slug}),
        "blockers": blockers,
        "rows": [
            {
                **_language_row(document, kind, language, state[language], request.user, can_take_down),
                "returnable": returnable.get(language),
            }
            for language in state
        ],
        "sign_offs": _valid_sign_offs(document),
        "days": group_by_day(Timeline(document).page(size=LATEST).entries),
    }
    return render(request, "desk/document.html", context, title=kind.title(document), status=status)


def _valid_sign_offs(document: Document) -> QuerySet[SignOff]:
    """Sign-offs that stand on what is read or will be, or waits: those that somebody may want to revoke."""
    opened = Release.objects.filter(document=document).open_after(timezone.now()).values("edition")
    waiting = queue.pending_editions().filter(document=document).order_by().values("pk")
    sign_offs = SignOff.objects.filter(Q(edition__in=opened) | Q(edition__in=waiting), revocation__isnull=True)
    return sign_offs.filter(document=document).order_by("-sequence")


def _language_row(
    document: Document, kind: Kind, language: str, state: LanguageState, user: User, can_take_down: bool
) -> dict[str, Any]:
    return {
        "state": state,
        "name": own_name(language),
        "lang": bcp47(language),
        "public_url": page_url(kind, document.slug, language) if state.live else "",
        "can_go": can_take_down and state.public in (PublicState.LIVE, PublicState.OUTDATED, PublicState.SCHEDULED),
        "can_submit": not document.is_discarded and not copies.write_blockers(user, language, document.kind),
        "links": language_links(document, language, user),
    }


@desk_view
def withdraw(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    """Take a page down: where one comes from, this language is ticked, and with the source every language."""
    document = get_object_or_404(Document, pk=pk)
    language = language_or_404(language)
    opened = Release.objects.filter(document=document).open_after(timezone.now()).values_list("language", flat=True)
    offered = set(opened) or {language}
    ticked = offered if language == settings.SOURCE_LANGUAGE else offered & {language}
    # "-" is a reason to be: what is typed is asked for when it is sent.
    blockers = list(services.withdrawal_blockers(document, [language], request.user, reason="-"))
    can_write = not blockers
    if is_keep_request(request) and can_write:
        return answer_keep(request)
    form = WithdrawForm(typed_data(request), languages=offered, initial={"languages": sorted(ticked)})
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_languages(document, user=request.user, **form.cleaned_data)
        except Blocked as blocked:
            blockers = blocked.blockers
        else:
            forget_typed(request)
            messages.success(request, _("Taken down. Readers can no longer see it."))
            return redirect("desk:document", pk=document.pk)
    context = {
        "document": document,
        "form": form,
        "blockers": blockers,
        "language_name": own_name(language),
        "source_language": settings.SOURCE_LANGUAGE,
        "keeper": form_keeper(request, can_write=can_write, compare=lambda typed: changed_fields(form, typed)),
    }
    return render(
        request, "desk/withdraw.html", context, title=_("Take this page down"), status=refused_status(request, form)
    )


@desk_view
@require_POST
def address(request: DeskRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return render_document(request, document, address_form=form, status=400)
    try:
        copies.change_slug(document, form.cleaned_data["slug"], user=request.user)
    except Blocked as blocked:
        return render_document(request, document, blockers=blocked.blockers, address_form=form, status=409)
    messages.success(request, _("Moved. The old address redirects to the new one."))
    return redirect("desk:document", pk=pk)
