"""The page's address in each peer."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

if settings.PEER == "plain":
    from plain_pages.views import show

    urlpatterns = i18n_patterns(path("<slug:slug>/", show))
elif settings.PEER == "wagtail":
    urlpatterns = [path("", include("wagtail.urls"))]
else:
    urlpatterns = i18n_patterns(path("", include("cms.urls")))
