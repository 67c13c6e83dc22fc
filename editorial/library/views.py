"""Files of figures, as readers' browsers fetch them."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from . import figure_storage

# A file has the same bytes for good, so it is never asked for again.
FOR_GOOD = "public, max-age=31536000, immutable"
# Opened on its own, a drawing is a document: it gets its own styles and nothing else.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def figure_file(request: HttpRequest, name: str) -> HttpResponse:
    """/figures/<digest>.<ext>: the same in every language, and no question to the database."""
    content = figure_storage.read_file(name)
    if content is None:
        return _headed(
            HttpResponse("There is no such picture.\n", "text/plain; charset=utf-8", 404), "public, no-cache"
        )
    digest, _dot, extension = name.partition(".")
    etag = f'"{digest}"'
    response = HttpResponse(content, content_type=figure_storage.TYPES[extension])
    response = get_conditional_response(request, etag=etag, response=response) or response
    response.headers["ETag"] = etag
    return _headed(response, FOR_GOOD)


def _headed(response: HttpResponse, caching: str) -> HttpResponse:
    """On a 304 too: its headers replace those that a browser keeps."""
    response.headers["Cache-Control"] = caching
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
