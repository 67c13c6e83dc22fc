"""Settings of the site that PEER names, each with what its guide sets up for production. CACHED=1 for its best cache.

Run by the Python of var/bench/venv, never by the project's: nothing of these packages is part of it.
"""

import os
import sys
from pathlib import Path

FOLDER = Path(os.environ["PEER_FOLDER"])  # its database, and the template that was made of our page
PEER = os.environ["PEER"]
IS_CACHED = os.environ.get("CACHED") == "1"

# Migrations of a peer's one model are made beside its database, so that no generated file is kept.
sys.path.append(str(FOLDER))
MIGRATION_MODULES = {f"{PEER}_pages": "made.migrations"}

SECRET_KEY = "of a benchmark, for the time that it takes"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "urls"
WSGI_APPLICATION = "wsgi.application"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "site.sqlite3", "CONN_MAX_AGE": None,
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"},
    }
}  # fmt: skip
# In the process's own memory: the fastest cache that Django has.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": 3600}}
CACHES["pagecache"] = CACHES["default"] | {"LOCATION": "pagecache"}
CACHE_MIDDLEWARE_SECONDS = 3600
STATIC_URL = "/static/"
MEDIA_URL, MEDIA_ROOT = "/media/", FOLDER / "media"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
USE_TZ = True
SITE_ID = 1
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [FOLDER / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
_CONTRIB = [
    f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages", "staticfiles", "admin")
]
_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def around(first: str, last: str) -> list[str]:
    """The middleware with a full-page cache around it, which so keeps what is compressed already."""
    return [first, *_MIDDLEWARE, last] if IS_CACHED else _MIDDLEWARE


if PEER == "plain":
    INSTALLED_APPS = ["modeltranslation", *_CONTRIB, "plain_pages"]
    MIDDLEWARE = around(
        "django.middleware.cache.UpdateCacheMiddleware", "django.middleware.cache.FetchFromCacheMiddleware"
    )
elif PEER == "wagtail":
    INSTALLED_APPS = [
        "wagtail.contrib.redirects", "wagtail.sites", "wagtail.users", "wagtail.snippets", "wagtail.documents",
        "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail", "modelcluster", "taggit", "wagtailcache",
        *_CONTRIB, "wagtail_pages",
    ]  # fmt: skip
    MIDDLEWARE = around("wagtailcache.cache.UpdateCacheMiddleware", "wagtailcache.cache.FetchFromCacheMiddleware")
    WAGTAIL_SITE_NAME = "Peer"
    WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
    WAGTAIL_CACHE = IS_CACHED
    WAGTAIL_CACHE_BACKEND = "pagecache"
else:
    INSTALLED_APPS = [*_CONTRIB, "django.contrib.sites", "cms", "menus", "sekizai", "treebeard", "cms_pages"]
    MIDDLEWARE = [
        *_MIDDLEWARE, "cms.middleware.user.CurrentUserMiddleware", "cms.middleware.page.CurrentPageMiddleware",
        "cms.middleware.toolbar.ToolbarMiddleware", "cms.middleware.language.LanguageCookieMiddleware",
    ]  # fmt: skip
    TEMPLATES[0]["OPTIONS"]["context_processors"] += [
        "sekizai.context_processors.sekizai", "cms.context_processors.cms_settings",
    ]  # fmt: skip
    CMS_CONFIRM_VERSION4 = True
    CMS_TEMPLATES = [("page.html", "Page")]
    CMS_PAGE_CACHE = CMS_PLACEHOLDER_CACHE = CMS_PLUGIN_CACHE = IS_CACHED
    CMS_CACHE_DURATIONS = {"content": 3600, "menus": 3600, "permissions": 3600}
    X_FRAME_OPTIONS = "SAMEORIGIN"
