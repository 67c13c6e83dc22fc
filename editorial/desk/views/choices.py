"""What the desk's own boxes for a key offer for a few letters."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from editorial.accounts.roles import Permission
from editorial.editions.kinds import kind_of
from editorial.editions.models import Edition
from editorial.reviews.colleagues import colleagues_on

from ..frame import DeskRequest, desk_view
from ..searched_explanations import find_explanations
from ..searched_people import active_reviewers, find_people, signers

LONGEST = 100  # characters of what is looked for


@desk_view
@require_safe
def signer_choices(request: DeskRequest) -> JsonResponse:
    """{"choices": [{"value": user name, "name"}]} of people who signed."""
    return _answer({user.username: user.name for user in find_people(signers(), _typed(request))})


@desk_view
def reviewer_choices(request: DeskRequest) -> HttpResponse:
    """The same of those who may be away, for who may say so. Whoever may not is refused, whatever they send."""
    if not (request.user.can(Permission.REVIEW) or request.user.can(Permission.OVERSEE)):
        raise PermissionDenied
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return _answer({user.username: user.name for user in find_people(active_reviewers(), _typed(request))})


@desk_view
@require_safe
def colleague_choices(request: DeskRequest, pk: int) -> JsonResponse:
    """The same of those whom a remark on an edition can ask, as its text names them."""
    people = colleagues_on(get_object_or_404(Edition.objects.defer("content"), pk=pk), request.user)
    return _answer({f"@{user.username}": user.name for user in find_people(people, _typed(request))})


@desk_view
@require_safe
def explanation_choices(request: DeskRequest) -> JsonResponse:
    """{"choices": [{"value": address, "name": title}]} of what may explain why a page was taken down."""
    return _answer(
        {document.slug: kind_of(document).title(document) for document in find_explanations(_typed(request))}
    )


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST]


def _answer(choices: dict[str, str]) -> JsonResponse:
    return JsonResponse({"choices": [{"value": value, "name": name} for value, name in choices.items()]})
