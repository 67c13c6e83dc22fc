"""The WSGI application. Its default settings are the production ones, which refuse a partial set-up."""

import os

from django.core.wsgi import get_wsgi_application

from immuno_site.heap import give_memory_back

give_memory_back()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "immuno_site.settings.production")

django_application = get_wsgi_application()

# Only now are there settings and apps.
from django.conf import settings  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from editorial.reading.kept_pages.application import KeptPagesApplication  # noqa: E402

# Every view, before processes fork: the first requests of each would wait a second for them.
_ = get_resolver().url_patterns

application = KeptPagesApplication(django_application) if settings.KEPT_PAGES_MEMORY else django_application
