"""A site on one's own machine, with the demonstration in it: `make run`."""

import os
import secrets

from .base import *  # noqa: F403
from .base import VAR_DIR, env


def load_or_create_secret(path):
    """The key at `path`, created at first use: sessions outlive a restart, and no two machines share a key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Made with its mode, and only if not there: nobody can read it in between, and the first maker wins.
        with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()


DEBUG = env.bool("DEBUG", default=False)
DEMONSTRATION = True

SECRET_KEY = env.str("SECRET_KEY", default="") or load_or_create_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])

# Mail is written to files there, one per message, unless EMAIL_URL says otherwise.
globals().update(env.email_url("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}"))

SITE_URL = env.str("SITE_URL", default=f"http://localhost:{env.str('PORT', default='8000')}")

# Its accounts have a public password; see there.
PASSWORD_HASHERS = ["immuno_site.demonstration.people.DemonstrationHasher"]
