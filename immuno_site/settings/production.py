"""A site that patients read. It refuses to start half-configured, and says all that is missing at once."""

import os
import re
from collections.abc import Mapping

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def find_problems(environment: Mapping[str, str]) -> list[str]:
    """What is missing or too weak in the environment: a line for each problem, the variable's name first."""
    problems = []
    key = environment.get("SECRET_KEY", "")
    # Django's own measure of a weak key (security.W009).
    if not key:
        problems.append("SECRET_KEY is missing: at least 50 random characters.")
    elif len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-"):
        problems.append("SECRET_KEY is too weak: at least 50 random characters.")
    hosts = [host.strip() for host in environment.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
    if not hosts:
        problems.append("ALLOWED_HOSTS is missing: the host names of this site, separated by commas.")
    elif "*" in hosts:
        problems.append("ALLOWED_HOSTS is too weak: name the hosts of this site instead of *.")
    if not environment.get("DATABASE_URL"):
        problems.append("DATABASE_URL is missing: for example postgres://user:password@host/name.")
    if not environment.get("EMAIL_URL"):
        problems.append("EMAIL_URL is missing: for example smtp+tls://user:password@host:587.")
    elif not environment["EMAIL_URL"].startswith("smtp"):
        problems.append(
            "EMAIL_URL is wrong: mail has links to set passwords, so it goes to a mail server, never to a log."
        )
    if not environment.get("SITE_URL"):
        problems.append(
            "SITE_URL is missing: the address of this site, to which mail leads, for example https://example.org."
        )
    elif not re.fullmatch(r"https://[^/\s]+/?", environment["SITE_URL"]):
        problems.append(
            "SITE_URL is wrong: it begins with https:// and names the host, for example https://example.org."
        )
    if not environment.get("CSRF_TRUSTED_ORIGINS"):
        problems.append("CSRF_TRUSTED_ORIGINS is missing: the origins of this site, for example https://example.org.")
    if environment.get("DEMONSTRATION", "").lower() in environ.Env.BOOLEAN_TRUE_STRINGS:
        problems.append("DEMONSTRATION is set: invented people with a known password have no place here.")
    return problems


if problems := find_problems(os.environ):
    raise ImproperlyConfigured("\n".join(["This site is not fully configured:", *problems]))

from .base import *  # noqa: E402, F403 (only now: a half-configured site should say so before anything else fails)

DEBUG = False
DEMONSTRATION = False

# --- HTTPS, and nothing else --------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = True
# Whatever watches over the site asks it directly, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# Only behind a proxy that sets this header itself and drops a client's own: else anybody could claim HTTPS.
if env.bool("TRUST_X_FORWARDED_PROTO", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # It appends to X-Forwarded-For as well: wrong passwords are counted by the address that it saw.
    AXES_CLIENT_IP_CALLABLE = "immuno_site.proxy.client_address"
