"""Back-checking a translation: its safety-critical texts alone, then beside their source, then a signature.

What somebody wrote before the source was shown goes with the page, signed by this site: it cannot be written anew once
the source was seen, and nothing is kept of a back-check that nobody signed.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from editorial.accounts.languages import bcp47, direction, own_name
from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition
from editorial.editions.tree.units import Place
from editorial.reviews import rules, services
from editorial.reviews.back_checks import LONGEST_TEXT, BackCheckUnit, find_back_check_units
from editorial.reviews.services.back_checks import written_blockers

from ..forms import SendBackForm
from ..frame import DeskRequest, desk_view, render, text_sent

AT_ONCE = 20  # texts that are read before the next ones are shown
SALT = "editorial.desk.back-check"

Written = dict[Place, str]


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def back_check(request: DeskRequest, pk: int) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.select_related("document", "source_edition"), pk=pk)
    blockers = list(rules.back_check_blockers(edition, request.user))
    units = find_back_check_units(edition)
    if blockers or request.method != "POST":
        return _render(request, edition, units, {}, blockers=blockers, status=409 if request.method == "POST" else 200)
    try:
        written = _read_token(request, edition)
    except signing.BadSignature:
        message = _("What you wrote cannot be read any more. Please begin again.")
        return _render(request, edition, units, {}, blockers=[message], status=400)
    if "password" in request.POST:
        return _sign(request, edition, units, written)
    batch = _unread(units, written)[:AT_ONCE]
    typed = {unit.place: text_sent(request, f"text-{key(unit)}").strip() for unit in batch}
    if refusals := list(written_blockers(batch, typed)):
        return _render(request, edition, units, written, typed=typed, blockers=refusals, status=400)
    return _render(request, edition, units, written | typed)


def _sign(request: DeskRequest, edition: Edition, units: list[BackCheckUnit], written: Written) -> HttpResponse:
    same = {unit.place for unit in units if f"same-{key(unit)}" in request.POST}
    refusals = []
    if len(same) < len(units):
        refusals = [_("Tick each text that says the same as its source. If one does not, send the page back.")]
    try:
        if not refusals:
            services.back_check(edition, user=request.user, password=request.POST["password"], written=written)
    except Blocked as blocked:
        refusals = blocked.blockers
    if refusals:
        return _render(request, edition, units, written, same=same, blockers=refusals, status=409)
    released = edition.releases.exists()
    messages.success(request, _("Back-checked. Readers can now see it.") if released else _("Back-checked."))
    return redirect("desk:edition", pk=edition.pk)


def key(unit: BackCheckUnit) -> str:
    """What the fields of a text are called by."""
    return ".".join(unit.place)


def _unread(units: Iterable[BackCheckUnit], written: Mapping[Place, str]) -> list[BackCheckUnit]:
    return [unit for unit in units if unit.place not in written]


def _make_token(edition: Edition, user_id: int, written: Written) -> str:
    texts = [[*place, text] for place, text in written.items()]
    return signing.dumps([edition.pk, user_id, texts], salt=SALT, compress=True)


def _read_token(request: DeskRequest, edition: Edition) -> Written:
    """What this person wrote about this edition so far. Raises BadSignature for another's, or what was changed."""
    token = request.POST.get("written", "")
    if not token:
        return {}
    edition_id, user_id, texts = signing.loads(token, salt=SALT)
    if (edition_id, user_id) != (edition.pk, request.user.pk):
        raise signing.BadSignature
    return {(node_id, word): text for node_id, word, text in texts}


def _render(
    request: DeskRequest,
    edition: Edition,
    units: list[BackCheckUnit],
    written: Written,
    *,
    typed: Mapping[Place, str] | None = None,
    same: Iterable[Place] = (),
    blockers: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    unread, source = _unread(units, written), edition.source_edition
    can_check = source is not None and not list(rules.back_check_blockers(edition, request.user))
    context: dict[str, Any] = {
        "edition": edition,
        "blockers": blockers,
        "can_check": can_check,
        "token": _make_token(edition, request.user.pk, written),
        "longest": LONGEST_TEXT,
        "unread": [(unit, key(unit), (typed or {}).get(unit.place, "")) for unit in unread[:AT_ONCE]],
        "read_count": len(units) - len(unread),
        "total": len(units),
        "compared": [(unit, key(unit), written[unit.place], unit.place in set(same)) for unit in units if not unread],
        "send_back_form": SendBackForm(prefix="back"),
        "lang": bcp47(edition.language),
        "dir": direction(edition.language),
    }
    if source:
        context |= {
            "source_lang": bcp47(source.language),
            "source_dir": direction(source.language),
            "source_name": own_name(source.language),
        }
    if context["compared"]:
        context["compared"] = [
            (*row, row[0].missing_words(row[2]), row[0].added_words(row[2])) for row in context["compared"]
        ]
    return render(request, "desk/back_check.html", context, title=_("Back-check"), status=status)
