"""One frozen edition: as the reader will see it, what changed, and the verbs that a reviewer has."""

import re
from collections.abc import Callable, Sequence
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST, require_safe

from editorial.accounts.languages import bcp47, direction
from editorial.accounts.roles import Permission
from editorial.checks import report
from editorial.editions.blockers import Blocked, refuse_if
from editorial.editions.kinds import kind_of
from editorial.editions.models import Edition, Release, Review
from editorial.editions.section_names import name_sections
from editorial.editions.tree import diff
from editorial.editions.validity import Validity, is_valid, valid_base
from editorial.editions.working.conflicts import Conflict
from editorial.reading import embeds, gate, presenters
from editorial.reading.responses import site_context
from editorial.reviews import checklist, rules, services
from editorial.reviews.back_checks import find_back_check_units
from editorial.reviews.change_claims import is_noticeable
from editorial.reviews.comparison import choose_comparison
from editorial.reviews.models import Act, Recheck, Remark
from editorial.reviews.reinstatements import find_returnable
from editorial.reviews.threads import group_by_block, load_threads

from ..edition.bilingual import BilingualPage
from ..edition.blocks import group_quiet_blocks, rows_of
from ..edition.changes_panel import build_highlights, compare_with
from ..edition.contributors import describe_contributors
from ..edition.open_remarks import remarks_context
from ..edition.rechecks import recheck_context
from ..form_keeper import answer_keep, form_keeper
from ..forms import ReaffirmForm, RemarkForm, SendBackForm, SignForm
from ..frame import DeskRequest, desk_view, edit_url, render, text_sent

Compared = tuple[Edition | None, list[diff.Change]]  # the last signed edition, and all blocks compared with it


@desk_view
@require_safe
def edition(request: DeskRequest, pk: int) -> HttpResponse:
    return _render_edition(request, _get(pk))


def _get(pk: int) -> Edition:
    return get_object_or_404(Edition.objects.select_related("document", "source_edition", "recorded_by"), pk=pk)


def _render_edition(
    request: DeskRequest, edition: Edition, *, status: int = 200, blockers: Sequence[str] = (), **bound: Any
) -> HttpResponse:
    validity = Validity([edition.pk])
    comparison = choose_comparison(edition, request.user, request.GET.get("with", ""), validity=validity)
    base, since_signed = comparison.base, compare_with(comparison.signed, edition.tree)
    compared = comparison.signed, since_signed
    changes = since_signed if comparison.is_with_signed else compare_with(base, edition.tree)
    kind = kind_of(edition.document)
    defaults = {"review_due_on": services.default_review_date(edition, timezone.localdate())}
    opened = {**defaults, "seen": checklist.context_digest(edition, checklist.current_questions(edition))}
    is_live = Release.objects.live(timezone.now()).filter(edition=edition).exists()
    threads = load_threads(edition)
    in_remark = bound["remark_form"].data if "remark_form" in bound else {}
    sections = name_sections(kind, *([base.tree] if base else []), edition.tree)
    changed_ids = {change.node.id for change in changes}
    is_translation = edition.source_edition_id is not None
    # Of a translation that is the first one nothing is marked: what it has to be compared with is the source.
    told_changes = diff.compare_trees(edition.tree, edition.tree) if is_translation and base is None else changes
    rows = rows_of(kind, told_changes, group_by_block(threads, changed_ids), in_remark, sections)
    shown = {row.change.node.id for row in rows}
    placed = {thread.first.pk for row in rows for thread in row.threads}
    highlights = build_highlights(kind, edition.tree, comparison, changes, since_signed)
    advice = report.build_edition_report(edition, comparison.signed, shown, highlights["told"])
    bilingual = None
    if is_translation:
        both = BilingualPage(edition, comparison)
        bilingual = both.build(rows, advice, request.GET)
        advice = advice.linked(bilingual.hrefs)
        highlights |= both.merge_highlights(
            highlights["highlights"], highlights["highlights_since_signed"], bilingual.hrefs
        )
    # What rules.signing_blockers and rules.reaffirmation_blockers say, each part of it asked once.
    signer_blockers = list(rules.signer_blockers(edition, request.user, validity))
    state_blockers = list(rules.state_blockers(edition, validity))
    sending_blockers = [*signer_blockers, *state_blockers]
    wants_back_check = bool(validity.count_missing(edition.pk)[1]) and not state_blockers
    second_signature_blockers = rules.second_signature_blockers(edition, request.user)
    remarks = remarks_context(edition, threads, request.user)
    remark_blockers = list(rules.remark_blockers(edition, request.user, remarks["open_remarks"]))
    context = {
        "edition": edition,
        "base": base,
        "comparison": comparison,
        "compare_url": reverse("desk:edition", args=[edition.pk]),
        **highlights,
        "bilingual": bilingual,
        "query": bilingual.query if bilingual else comparison.query,
        "changes": [] if is_translation else group_quiet_blocks(rows),
        "before_and_now": [] if is_translation or not base else rows,
        "report": advice,
        "remarks_elsewhere": [thread for thread in threads if thread.first.pk not in placed],
        **remarks,
        "remark_form": bound.get("remark_form"),
        "has_changes": is_noticeable(changes),
        "lang": bcp47(edition.language),
        "dir": direction(edition.language),
        "reviews": edition.reviews.order_by("sequence"),
        "sign_offs": _sign_offs(edition),
        "contributors": describe_contributors(edition.tree, edition.contributors),
        **recheck_context(edition, request.user, typed=bound.get("dismissing", {})),
        "signing_blockers": [
            *sending_blockers,
            *second_signature_blockers,
            *rules.full_number_blockers(edition, validity),
            *remark_blockers,
        ],
        "wants_back_check": wants_back_check,
        "back_check_blockers": wants_back_check and list(rules.back_check_blockers(edition, request.user, validity)),
        "sending_blockers": sending_blockers,
        "reaffirmation_blockers": [*signer_blockers, *rules.live_blockers(edition), *remark_blockers],
        "can_take_down": rules.can_take_down(request.user),
        "can_revoke": request.user.can(Permission.REVOKE),
        "is_live": is_live,
        "can_be_reaffirmed": is_live or "reaffirm_form" in bound,  # else what was typed would vanish with the panel
        "can_come_down": not (is_down := rules.is_down(edition)),
        "can_come_back": is_down and find_returnable(edition.document, edition.language) == edition,
        "has_remarked": bool(services.own_remarks(edition, threads, request.user)),
        "due": defaults,
        "sign_form": bound.get("sign_form") or _sign_form(edition, compared, initial=opened),
        "reaffirm_form": bound.get("reaffirm_form") or (is_live and _reaffirm_form(edition, initial=opened)),
        "standing_beside": _standing_beside(edition),
        "send_back_form": bound.get("send_back_form") or SendBackForm(prefix="back"),
        "blockers": blockers,
        "edit_url": edit_url(edition.document),
        "keeper": form_keeper(
            request,
            can_write=request.user.can(Permission.REMARK),
            compare=_kept_remarks,
            keep_url=reverse("desk:keep-remarks", args=[edition.pk]),
        ),
    }
    return render(request, "desk/edition.html", context, title=str(edition.title), status=status)


def _kept_remarks(typed: QueryDict) -> list[Conflict]:
    """Each text that was typed on the page, with the id of its box."""
    texts = []
    for name, text in typed.items():
        box = name
        if name == "text":  # sent by its form, not kept by the page's script
            thread, node = typed.get("thread"), typed.get("node")
            answer = "aside" if typed.get("act") == Act.SET_ASIDE else "answer"
            box = f"{answer}-{thread}" if thread else f"remark-on-{node or 'page'}"
        elif name.endswith("-remarks") and not name.startswith("id_"):
            box = f"id_{name}"
        if isinstance(text, str) and text.strip() and re.match("remark-on-|answer-|aside-|dismiss-|ask-|id_", box):
            texts.append(Conflict("", "", text, box))
    return texts


@desk_view
@require_POST
def keep_remarks(request: DeskRequest, pk: int) -> HttpResponse:
    """Keep what was typed into the boxes of an edition's page and not sent yet."""
    get_object_or_404(Edition.objects.only("pk"), pk=pk)
    if not request.user.can(Permission.REMARK):
        raise PermissionDenied
    return answer_keep(request, reverse("desk:edition", args=[pk]))


def _compared(edition: Edition) -> Compared:
    """What a signature's checklist rests on: what was signed and released before, and what changed since."""
    signed = valid_base(edition)
    return signed, compare_with(signed, edition.tree)


def _standing_beside(edition: Edition) -> list[Edition]:
    """Editions whose pieces stand on the page now: a signature keeps them as seen with it."""
    live = gate.releases_embedded_in(edition, timezone.now())
    return list(Edition.objects.filter(releases__in=live).defer("content").order_by("title"))


def _sign_offs(edition: Edition) -> list[tuple[Any, ...]]:
    """(sign-off, the editions that its signer saw beside it)."""
    sign_offs = list(edition.sign_offs.select_related("revocation", "review").order_by("sequence"))
    digests = {digest for sign_off in sign_offs for digest in sign_off.seen_with}
    seen = Edition.objects.filter(content_digest__in=digests).defer("content").order_by("title")
    return [
        (sign_off, [seen_edition for seen_edition in seen if seen_edition.content_digest in sign_off.seen_with])
        for sign_off in sign_offs
    ]


def _sign_form(edition: Edition, compared: Compared, data: QueryDict | None = None, **keywords: Any) -> SignForm:
    base, changes = compared
    items = checklist.checklist_items(edition, base, changes)
    offers = edition.source_edition_id is not None and not edition.needs_back_check
    offers = offers and bool(find_back_check_units(edition))
    return SignForm(data, prefix="sign", items=items, offers_back_check=offers, **keywords)


def _reaffirm_form(edition: Edition, data: QueryDict | None = None, **keywords: Any) -> ReaffirmForm:
    items = checklist.checklist_items(edition, edition, diff.compare_trees(edition.tree, edition.tree))
    return ReaffirmForm(data, prefix="reaffirm", items=items, **keywords)


@desk_view
@require_safe
def reader_view(request: DeskRequest, pk: int) -> HttpResponse:
    """The edition in the reader's own templates, marked as what it is: not signed yet, or read as it was signed."""
    edition = _get(pk)
    kind, at = kind_of(edition.document), timezone.now()
    with override(edition.language):
        context = {
            **site_context(request, edition.language),
            "robots": "noindex",
            **presenters.preview_context(edition.tree, at, number=edition.number),
            **embeds.edition_extras(edition, at).context,
            "is_signed": is_valid(edition) and edition.releases.exists(),
        }
        return TemplateResponse(request, kind.template, context).render()


@desk_view
@require_POST
def sign(request: DeskRequest, pk: int) -> HttpResponse:
    edition = _get(pk)
    form = _sign_form(edition, _compared(edition), request.POST)
    back = SendBackForm(request.POST, prefix="back")  # of the same form: what was typed there is not lost by signing
    message = _("You wrote what needs to change. Send the page back, or clear that box and sign.")
    unsent = [message] if back.has_words else []
    return _act(
        request, edition, form, "sign_form", services.sign_off, _what_follows, unless=unsent, send_back_form=back
    )


def _what_follows(edition: Edition) -> str:
    """For who has just signed it: when readers see it, or what it waits for."""
    release = edition.releases.open_after(timezone.now()).first()
    if release and release.released_from <= timezone.now():
        return _("Signed. Readers can now see it.")
    if release:
        since = date_format(timezone.localtime(release.released_from), "DATETIME_FORMAT")
        return _("Signed. From %(time)s, readers will see it.") % {"time": since}
    if rules.is_held(edition):
        return _("Signed. On hold until all safety rechecks are settled.")
    missing, back_checks = Validity([edition.pk]).count_missing(edition.pk)
    if missing < 1:  # somebody took it down, or revoked a sign-off, since
        return _("Signed. Readers will see it after its back-check.") if back_checks else _("Signed.")
    message = ngettext(
        "Signed. Readers will see it after %(number)s more sign-off.",
        "Signed. Readers will see it after %(number)s more sign-offs.",
        missing,
    )
    return message % {"number": missing}


@desk_view
@require_POST
def reaffirm(request: DeskRequest, pk: int) -> HttpResponse:
    edition = _get(pk)
    form = _reaffirm_form(edition, request.POST)
    return _act(request, edition, form, "reaffirm_form", services.reaffirm, _("Reaffirmed."))


@desk_view
@require_POST
def send_back(request: DeskRequest, pk: int) -> HttpResponse:
    edition = _get(pk)
    form = SendBackForm(request.POST, prefix="back")
    signing = _sign_form(edition, _compared(edition), request.POST).unsigned()
    signing.is_valid()  # what was answered to the checklist goes along

    def send_back(edition: Edition, **typed: Any) -> Review:
        answers = (signing.cleaned_data or {}).get("answers", {})
        return services.send_back(edition, answers=answers, **typed)

    return _act(request, edition, form, "send_back_form", send_back, _("Sent back."), sign_form=signing)


@desk_view
@require_POST
def remark(request: DeskRequest, pk: int) -> HttpResponse:
    """Begin a thread, answer one, settle it or reopen it."""
    edition, form = _get(pk), RemarkForm(request.POST)
    if not form.is_valid():
        refusals = [str(error) for errors in form.errors.values() for error in errors]
        return _render_edition(request, edition, status=400, blockers=refusals, remark_form=form)
    typed = form.cleaned_data
    try:
        if typed["thread"]:
            thread = get_object_or_404(Remark, pk=typed["thread"], thread=None)
            act = typed["act"] or Act.SAID
            written = services.answer_remark(edition, thread, user=request.user, text=typed["text"], act=act)
        else:
            written = services.add_remark(edition, user=request.user, text=typed["text"], node_id=typed["node"])
    except Blocked as blocked:
        return _render_edition(request, edition, status=409, blockers=blocked.blockers, remark_form=form)
    # To the page of the edition, and the part of it, where it was written.
    asked = {name: request.GET[name] for name in ("with", "units", "page") if name in request.GET}
    query = f"?{urlencode(asked)}" if asked else ""
    return redirect(f"{reverse('desk:edition', args=[pk])}{query}#remark-{written.pk}")


@desk_view
@require_POST
def dismiss(request: DeskRequest, pk: int) -> HttpResponse:
    """Settle one recheck without a new edition."""
    recheck = get_object_or_404(Recheck.objects.select_related("edition__document"), pk=pk)
    reason, password = text_sent(request, "reason"), text_sent(request, "password")
    try:
        services.dismiss_recheck(recheck, user=request.user, password=password, reason=reason)
    except Blocked as blocked:
        edition, typed = _get(recheck.edition_id), {recheck.pk: reason}
        return _render_edition(request, edition, status=409, blockers=blocked.blockers, dismissing=typed)
    messages.success(request, _("Dismissed. Your reason has been recorded."))
    return redirect("desk:edition", pk=recheck.edition_id)


def _act(
    request: DeskRequest,
    edition: Edition,
    form: Form,
    name: str,
    service: Callable[..., object],
    done: str | Callable[[Edition], str],
    *,
    unless: Sequence[str] = (),
    **beside: Form,
) -> HttpResponse:
    """Run a service with a form's data, unless something stands in the way already.

    `done` are words, or tell them from the edition. What was typed stays when it is refused, in this form and in those
    `beside` it (a password never does).
    """
    if not form.is_valid():
        return _render_edition(request, edition, status=400, blockers=unless, **{name: form}, **beside)
    try:
        refuse_if(unless)
        service(edition, user=request.user, **form.cleaned_data)
    except Blocked as blocked:
        if "seen" in form.fields:  # the next signature stands on what is shown now
            data = cast(QueryDict, form.data).copy()
            data[form.add_prefix("seen")] = checklist.context_digest(edition, checklist.current_questions(edition))
            form.data = data
        return _render_edition(request, edition, status=409, blockers=blocked.blockers, **{name: form}, **beside)
    messages.success(request, done(edition) if callable(done) else done)
    return redirect("desk:edition", pk=edition.pk)
