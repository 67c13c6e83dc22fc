"""The WSGI application. Who names no settings gets the production ones, which refuse a half set-up."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "immuno_site.settings.production")

application = get_wsgi_application()
