"""Every address of the site. Published addresses never change."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path
from django.views.generic import RedirectView

from editorial.library.views import figure_file
from editorial.people.views import PasswordByLinkView, PasswordLinkView, change_own_password
from editorial.reading.sitemaps import sitemap, sitemap_index
from editorial.reading.urls import preview_patterns

from . import design, views
from .crawlers import robots_txt, security_txt
from .health import healthz, readyz
from .home import home

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found

urlpatterns = [
    path("", views.redirect_to_language),
    path("favicon.ico", views.favicon, name="favicon"),
    path("design/", RedirectView.as_view(pattern_name="design")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots_txt),
    path(".well-known/security.txt", security_txt),
    path("sitemap.xml", sitemap_index),
    path("sitemaps/<slug:language>-<slug:part>.xml", sitemap),
    path("figures/<path:name>", figure_file, name="figure"),
    # The desk is the admin's front page; the admin's own index of tables is not.
    path("admin/", RedirectView.as_view(pattern_name="desk:queue")),
    path("admin/desk/", include("editorial.desk.urls")),
    path("", include(preview_patterns)),
    path("admin/design/", design.design, name="design"),  # where the cookie of a session is sent
    path("admin/translate/", include("editorial.translations.urls")),
    path("admin/translations/", include("editorial.translations.desk_urls")),
    # Django's own pages, under the names by which the admin's sign-in page finds them.
    path("admin/password_reset/", PasswordLinkView.as_view(), name="admin_password_reset"),
    path("admin/password_reset/done/", auth.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path("admin/reset/<uidb64>/<token>/", PasswordByLinkView.as_view(), name="password_reset_confirm"),
    path("admin/reset/done/", auth.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
    path("admin/password_change/", change_own_password),  # the admin's own, with a record
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", home, name="home"),
        path("site.webmanifest", views.manifest, name="manifest"),
        path("", include("editorial.reading.urls")),
    ),
]
