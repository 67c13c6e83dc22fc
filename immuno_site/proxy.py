"""Where a request comes from, for counting wrong passwords."""

from ipaddress import ip_address


def behind_a_proxy(request) -> str | None:
    """The address that our own proxy saw: the last one it forwards, since all before it are the client's word."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    for address in (forwarded, request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ip_address(address))
        except ValueError:
            continue
    return None
