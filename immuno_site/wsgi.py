"""The WSGI application. Its default settings are the production ones, which refuse a partial set-up."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "immuno_site.settings.production")

application = get_wsgi_application()
