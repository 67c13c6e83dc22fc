"""Settings that every environment shares. What differs by installation is read from the environment."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django_prose_editor.config import html_tags
from js_asset.js import static_lazy
from whitenoise.compress import Compressor

from ..build import build_id, version
from ..databases import database_settings

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

DEBUG = False
# Invented people with a known password may exist only where this says so; production refuses it.
DEMONSTRATION = False

SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose classes it extends
    "editorial.people",  # before Django's own, whose changepassword it takes the place of
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "simple_history",
    "django_prose_editor",
    "js_asset",
    "csp",
    "axes",
    "editorial.accounts",
    "editorial.editions",
    "editorial.reading",
    "editorial.checks",
    "editorial.reviews",
    "editorial.desk",
    "editorial.translations",
    "editorial.library",
    "editorial.library.glossary",
    "editorial.library.site_words",
    "editorial.library.notices",
    "drugs",
    "articles",
    "immuno_site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before everything that may answer in a view's place, so that every page has these two headers.
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "immuno_site.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "immuno_site.middleware.SessionUseMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "immuno_site.middleware.OverflowMiddleware",
    "immuno_site.middleware.SpelledNumberMiddleware",
    "axes.middleware.AxesMiddleware",
    # Last: they know who is logged in, and answer in the place of views.
    "editorial.desk.form_owner.FormOwnerMiddleware",
    "editorial.desk.admin_forms.AdminFormMiddleware",
]

ROOT_URLCONF = "immuno_site.urls"
WSGI_APPLICATION = "immuno_site.wsgi.application"

# Readers' pages are laid out by Jinja2, and the desk's by Django's own engine: see immuno_site/reader_templates.py.
READER_TEMPLATES = BASE_DIR / "templates" / "readers"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                # Both are lazy: a page that does not ask for them never touches the session.
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [READER_TEMPLATES],
        "APP_DIRS": True,
        "OPTIONS": {"environment": "immuno_site.reader_templates.environment"},
    },
]

FORM_RENDERER = "immuno_site.form_renderer.FormRenderer"

# --- Data ---------------------------------------------------------------------------------------------------

DATABASES = {"default": database_settings(env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'site.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The default keeps 100 characters of a reason and drops the rest.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
# An article's form sends every section and reference; the default of 1,000 fields would refuse a long one.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# Bytes. The longest page takes 6 MB as a form; what is longer than a page may be is refused in words, in its form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# The desk's own part of the prose editor. What may be kept is decided by the content tree, not by these.
DJANGO_PROSE_EDITOR_EXTENSIONS = [{"js": [static_lazy("desk/prose.js")], "extensions": {"Toolbar": html_tags([])}}]
# The second takes what is too large for memory, and leaves it out where the disk is full.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "editorial.library.uploads.DiskUploadHandler",
]
# A URL typed without its scheme means https://, as it will in Django 6; remove this setting then.
FORMS_URLFIELD_ASSUME_HTTPS = True

# --- People -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"  # where one is after a log-in that came from nowhere
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# After ten wrong passwords for one account from one address, neither works for 15 minutes. Counting by account alone
# would let anybody who knows a name lock its owner out. Guesses at signing are counted separately.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/locked.html"
# Log-ins and wrong passwords, which each person and the site admins can read; `send_mail` deletes them after 90 days.
AXES_DISABLE_ACCESS_LOG = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# The desk is under /admin/ and so are its cookies: a reader's browser neither gets one nor sends one.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_HTTPONLY = True
# A session ends when nobody used it for a shift; see immuno_site.middleware.SessionUseMiddleware.
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_HOURS", default=12) * 60 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "editorial.desk.views.session.csrf_failure"

# --- Languages, time and place ------------------------------------------------------------------------------

# A fixed list, each language named in itself. The database has columns for each, so a retired language stays here;
# PUBLIC_LANGUAGES says which ones readers are offered.
LANGUAGES = [
    ("en", "English"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("zh-hans", "简体中文"),
    ("vi", "Tiếng Việt"),
]
SOURCE_LANGUAGE = LANGUAGE_CODE = "en"
PUBLIC_LANGUAGES = env.list("PUBLIC_LANGUAGES", default=[code for code, _name in LANGUAGES])
if unknown := set(PUBLIC_LANGUAGES) - dict(LANGUAGES).keys():
    raise ImproperlyConfigured(
        f"PUBLIC_LANGUAGES names {', '.join(sorted(unknown))}; choose from {', '.join(dict(LANGUAGES))}."
    )
if SOURCE_LANGUAGE not in PUBLIC_LANGUAGES:
    # Pages that are not translated yet are shown in it.
    raise ImproperlyConfigured(f"PUBLIC_LANGUAGES lacks the source language, {SOURCE_LANGUAGE}.")
LOCALE_PATHS = [BASE_DIR / "locale"]

MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_DEFAULT_LANGUAGE = SOURCE_LANGUAGE
# A fallback would show, edit and freeze the source language's words as though they were a translation.
MODELTRANSLATION_ENABLE_FALLBACKS = False

# The grade (years of school) that texts for patients should not exceed, for each language that can be measured: see
# editorial/checks/readability.py. Health information is written for the sixth.
READING_TARGETS = {"en": 6, "es": 6}

# "Due" means midnight here, and "approved" means approved here.
HOME_TIME_ZONE = TIME_ZONE = env.str("HOME_TIME_ZONE", default="America/New_York")
HOME_JURISDICTION = env.str("HOME_JURISDICTION", default="US")
USE_TZ = True
FORMAT_MODULE_PATH = ["immuno_site.formats"]  # every time of day names its zone
try:
    ZoneInfo(HOME_TIME_ZONE)
except (KeyError, ValueError) as error:
    raise ImproperlyConfigured(f"HOME_TIME_ZONE: {error}") from error

# --- Static files -------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Names carry a hash of the content, so browsers keep them for good; compressed once, not on every request.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Every page names them through {% static %}: a plain name that slips in shows as 404, not as a stale file.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Maps of minified scripts are for developers alone, and took most of the time that compressing takes.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

# Pictures that people upload. Each keeps its name and its bytes for good, so the folder is only ever added to.
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))

# The page that explains how pages are checked, as kind/key; every page links to it while it is live.
POLICY_PAGE = "article/how-our-pages-are-checked"

# The notice that there is help in other languages, as kind/key; while it is live, the foot of every page leads to it in
# each language. See "Notices of language help" in docs/operating.md.
LANGUAGE_HELP_PAGE = "site-words/language-help"

# The kinds of page whose lists come first in every menu; the rest follow as they are registered.
MENU_FIRST = ["article"]

# Topics, by their keys, whose reading paths the home page offers: the first whole, of the second the first page that
# says when to call. Where one has no path, the home page leaves it out.
HOME_PATH = env.str("HOME_PATH", default="immunotherapy")
HOME_CALL = env.str("HOME_CALL", default="side-effects")

# Pages about the site to which every page links while they are live, as kind/key.
SITE_PAGES = [
    POLICY_PAGE,
    *(
        f"site-words/{slug}"
        for slug in (
            "organisation", "editorial-policy", "advertising-policy", "disclaimer", "privacy", "accessibility",
            "helpline", "language-help",
        )
    ),
]  # fmt: skip

# Shown at the foot of the desk.
VERSION = version(BASE_DIR)

# Part of every ETag: what a page shows besides its editions.
BUILD_ID = build_id(
    BASE_DIR,
    release=env.str("BUILD_ID", default=""),
    settings=[*PUBLIC_LANGUAGES, HOME_TIME_ZONE, HOME_JURISDICTION],
)

# --- Pages kept for readers ----------------------------------------------------------------------------------

# Pages as readers get them, served as bytes while nothing that they rest on changed; see docs/operating.md.
KEPT_PAGES_MEMORY = env.int("KEPT_PAGES_MEMORY", default=64)  # megabytes in each process; 0 makes each page anew
KEPT_PAGES_DISK = env.int("KEPT_PAGES_DISK", default=256)  # megabytes that all processes share; 0 for none
KEPT_PAGES_FOLDER = env.str("KEPT_PAGES_FOLDER", default=str(VAR_DIR / "kept-pages"))
# Records that somebody changed behind the database's back are found out at the latest after so many seconds.
KEPT_PAGES_SECONDS = env.int("KEPT_PAGES_SECONDS", default=300)
# Those of pages that nobody asks for, after so many hours: the worker verifies a part of them each minute.
LIVE_CHECK_HOURS = env.int("LIVE_CHECK_HOURS", default=24)

# --- What /readyz tells -------------------------------------------------------------------------------------

LEAST_FREE_DISK = env.int("LEAST_FREE_DISK", default=200)  # megabytes, wherever this server writes
WORKER_SILENT_AFTER = env.int("WORKER_SILENT_AFTER", default=15)  # minutes

# --- Checkpoints of the records -----------------------------------------------------------------------------

# The worker signs one a day with this key (manage.py make_checkpoint_key), keeps it in this folder and mails it to
# these addresses: see docs/operating.md. Without a key none is made. Between those, one is kept each so many minutes (0
# for none).
CHECKPOINT_KEY = env.str("CHECKPOINT_KEY", default="")
CHECKPOINT_FOLDER = env.str("CHECKPOINT_FOLDER", default=str(VAR_DIR / "checkpoints"))
CHECKPOINT_MINUTES = env.int("CHECKPOINT_MINUTES", default=60)
CHECKPOINT_AUDITORS = env.list("CHECKPOINT_AUDITORS", default=[])

# --- Security -----------------------------------------------------------------------------------------------

# The nonce shows only on pages that ask for it (for an import map), so a reader's header is constant.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        # The review desk frames the reader's view of an edition.
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
# Nothing here asks for a device, a sensor or a payment, so no page and nothing framed by one may either.
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
# For browsers that do not know frame-ancestors (those that do go by it alone): no framing at all.
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Whom to tell of a hole in this site, as addresses (mailto:, https://): /.well-known/security.txt names them.
SECURITY_CONTACT = env.list("SECURITY_CONTACT", default=[])
if wrong := [contact for contact in SECURITY_CONTACT if not contact.startswith(("mailto:", "https://", "tel:"))]:
    raise ImproperlyConfigured(
        f"SECURITY_CONTACT: write {', '.join(wrong)} as an address that begins with mailto:, https:// or tel:."
    )

# --- Mail and logs ------------------------------------------------------------------------------------------

globals().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 20
# Links in mail start with this: no request tells the address when mail is sent.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")

# To stderr, for the process manager to collect. Readers' IP addresses and the text of pages are not logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secret_addresses": {"()": "immuno_site.logs.SecretAddressFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secret_addresses"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers (mail to ADMINS, the development server's console) give way to the root's.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Robots ask for addresses that never existed, and unreleased pages are 404: neither is worth a line.
        "django.request": {"level": "ERROR", "filters": ["secret_addresses"]},
        "django.security.csrf": {"level": "WARNING", "filters": ["secret_addresses"]},
        # It warns on each HEAD request that the server drops the body, not Django; WSGI intends that.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        "immuno_site": {"level": "INFO"},
        "editorial": {"level": "INFO"},
        "articles": {"level": "INFO"},
        "drugs": {"level": "INFO"},
    },
}
