"""When mail that was not taken is tried again. The same for every outbox."""

from datetime import timedelta

# Longer than a mail server can take (EMAIL_TIMEOUT for each of a dozen steps): until then a letter is its worker's.
LEASE = timedelta(minutes=10)
# Minutes until the next attempt double from one up to six hours; after this many attempts, two days, we give up.
ATTEMPTS, LONGEST_WAIT = 15, timedelta(hours=6)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait when this many attempts have failed; None where it is given up."""
    return None if attempts >= ATTEMPTS else min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_WAIT)
