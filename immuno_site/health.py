"""Two answers for monitoring, without a language, a cookie or a session."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editorial.editions import triggers


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process runs. A failing database is no reason to restart it."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The process can serve: its database answers, and guards the records. 503 when it does not."""
    try:
        unguarded = triggers.missing(connection)
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    if unguarded:
        return HttpResponse("the records are not guarded: run migrate\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
