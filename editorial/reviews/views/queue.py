"""The desk's first page: what waits for me."""

from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import own_name
from editorial.accounts.roles import Permission

from .. import queue
from ..desk import desk_view, edit_url, language_links, render


@desk_view
def waiting(request):
    rows = queue.rows_for(request.user)
    context = {
        "mine": [row for row in rows if row.for_me],
        "others": [row for row in rows if not row.for_me],
        "sent_back": [(review, edit_url(review.document)) for review in queue.sent_back_to(request.user)],
        "to_translate": [
            (title, own_name(state.language), state, language_links(document, state.language, request.user))
            for document, title, state in queue.to_translate(request.user)
        ],
        "rechecks": queue.to_look_at_again(),
        "due": queue.due_soon(),
        "today": timezone.localdate(),
        "signs": request.user.may(Permission.REVIEW),
    }
    return render(request, "desk/queue.html", context, title=_("What waits"))
