"""What the editor asks of a text that somebody pasted or dropped from elsewhere."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.views.decorators.http import require_POST

from editorial.accounts.roles import Permission
from editorial.editions.blockers import Blocked
from editorial.editions.importing.foreign_html import read_html

from ..frame import DeskRequest, desk_view, text_sent

_WRITING = (Permission.WRITE, Permission.RECORD_FACTS, Permission.TRANSLATE)


@desk_view
@require_POST
def read_pasted(request: DeskRequest) -> JsonResponse:
    """{html, changes} of foreign HTML, or {refused: why} with status 409. It saves nothing.

    `is_one_block` is sent where the editor holds the words of one block.
    """
    if not any(request.user.can(permission) for permission in _WRITING):
        raise PermissionDenied
    try:
        imported = read_html(text_sent(request, "html"), is_one_block=bool(request.POST.get("is_one_block")))
    except Blocked as blocked:
        return JsonResponse({"refused": blocked.blockers}, status=409)
    return JsonResponse({"html": imported.html, "changes": imported.changes})
