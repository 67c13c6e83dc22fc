"""One frozen edition: as the reader will see it, what changed, and the verbs that a reviewer has."""

from itertools import groupby

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from editorial.accounts.languages import bcp47, direction
from editorial.accounts.roles import Permission
from editorial.editions import beside, serving
from editorial.editions.blockers import Blocked
from editorial.editions.kinds import Kind, kind_of
from editorial.editions.models import Edition
from editorial.editions.responses import site_context
from editorial.editions.standing import stands
from editorial.editions.tree import diff
from editorial.editions.tree.words import units

from .. import rules, services
from ..desk import desk_view, document_title, edit_url, render
from ..forms import ReaffirmForm, SendBackForm, SignForm
from ..labels import block_label, change_summary
from ..models import Recheck
from ..weighty import weighty


@desk_view
@require_safe
def edition(request, pk: int):
    return _page(request, _get(pk))


def _get(pk: int) -> Edition:
    return get_object_or_404(Edition.objects.select_related("document", "source_edition", "recorded_by"), pk=pk)


def _page(request, edition: Edition, *, status: int = 200, blockers=(), **bound):
    base = edition.base_edition if edition.base_edition and stands(edition.base_edition) else None
    changes = diff.changes(base.tree if base else None, edition.tree)
    kind = kind_of(edition.document)
    due = services.default_due(edition, timezone.localdate())
    context = {
        "edition": edition,
        "base": base,
        "weighty": weighty(kind, base.tree, changes) if base else [],
        "changes": _folded(kind, changes),
        "changed_count": sum(change.status != "same" for change in changes),
        "beside": _beside(edition),
        "lang": bcp47(edition.language),
        "dir": direction(edition.language),
        "reviews": edition.reviews.order_by("sequence"),
        "sign_offs": edition.sign_offs.select_related("revocation").order_by("sequence"),
        "rechecks": [
            (each, document_title(each.document)) for each in edition.rechecks.select_related("settlement", "document")
        ],
        "signing_blockers": list(rules.signing_blockers(edition, request.user)),
        "sending_blockers": [*rules.signer_blockers(edition, request.user), *rules.state_blockers(edition)],
        "reaffirming_blockers": list(rules.reaffirming_blockers(edition, request.user)),
        "may_take_down": rules.may_take_down(request.user),
        "may_revoke": request.user.may(Permission.REVOKE),
        "is_live": not rules.is_down(edition) and edition.releases.exists(),
        "sign_form": bound.get("sign_form") or SignForm(initial={"review_due_on": due}, prefix="sign"),
        "reaffirm_form": bound.get("reaffirm_form") or ReaffirmForm(initial={"review_due_on": due}, prefix="reaffirm"),
        "send_back_form": bound.get("send_back_form") or SendBackForm(prefix="back"),
        "blockers": blockers,
        "edit_url": edit_url(edition.document),
    }
    return render(request, "desk/edition.html", context, title=str(edition.title), status=status)


def _folded(kind: Kind, changes: list[diff.Change]) -> list[tuple[bool, list[tuple]]]:
    """[(unchanged?, [(label, change, summary)])]: unchanged blocks that follow each other stand together."""
    # A piece or a figure has no words of its own; what only holds other blocks is told by them.
    said = [
        change
        for change in changes
        if change.parts or change.attrs or (change.status != "same" and not change.node.children)
    ]
    rows = ((block_label(kind, change.node), change, change_summary(kind, change)) for change in said)
    return [(same, list(run)) for same, run in groupby(rows, key=lambda row: row[1].status == "same")]


def _beside(edition: Edition) -> list[tuple]:
    """A translation's units: (label, source text, target text)."""
    if not edition.source_edition_id:
        return []
    kind = kind_of(edition.document)
    target = {unit.place: unit.source for unit in units(edition.tree)}
    return [
        (
            block_label(kind, unit.node),
            diff.shown(unit.source),
            diff.shown(target.get(unit.place, "")),
        )
        for unit in units(edition.source_edition.tree)
    ]


@desk_view
@require_safe
def reader_view(request, pk: int):
    """The edition in the reader's own templates, marked as what it is: not signed yet, or read as it was signed."""
    edition = _get(pk)
    kind, at = kind_of(edition.document), timezone.now()
    with override(edition.language):
        context = {
            **site_context(request, edition.language),
            "robots": "noindex",
            **serving.preview_context(edition, at),
            **beside.preview(edition, at).context,
            "is_signed": stands(edition) and edition.releases.exists(),
        }
        return TemplateResponse(request, kind.template, context).render()


@desk_view
@require_POST
def sign(request, pk: int):
    form = SignForm(request.POST, prefix="sign")
    return _act(request, _get(pk), form, "sign_form", services.sign_off, _("Signed."))


@desk_view
@require_POST
def reaffirm(request, pk: int):
    form = ReaffirmForm(request.POST, prefix="reaffirm")
    return _act(request, _get(pk), form, "reaffirm_form", services.reaffirm, _("Reaffirmed."))


@desk_view
@require_POST
def send_back(request, pk: int):
    form = SendBackForm(request.POST, prefix="back")
    return _act(request, _get(pk), form, "send_back_form", services.record_review, _("Sent back."))


@desk_view
@require_POST
def dismiss(request, pk: int):
    """Settle one recheck without a new edition."""
    recheck = get_object_or_404(Recheck.objects.select_related("edition__document"), pk=pk)
    try:
        services.dismiss(recheck, user=request.user, reason=request.POST.get("reason", ""))
    except Blocked as blocked:
        return _page(request, _get(recheck.edition_id), status=409, blockers=blocked.blockers)
    messages.success(request, _("Dismissed. The reason is kept."))
    return redirect("desk:edition", pk=recheck.edition_id)


def _act(request, edition: Edition, form, name: str, service, done: str):
    """Run a service with a form's data; what was typed stays when it refuses (a password never does)."""
    if not form.is_valid():
        return _page(request, edition, status=400, **{name: form})
    try:
        service(edition, user=request.user, **form.cleaned_data)
    except Blocked as blocked:
        return _page(request, edition, status=409, blockers=blocked.blockers, **{name: form})
    messages.success(request, done)
    return redirect("desk:edition", pk=edition.pk)
