"""The client's address behind a proxy, for counting wrong passwords."""

from ipaddress import ip_address

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address that our own proxy saw: the last one that it forwards, since the client can invent those before.

    None if neither the header nor the connection has a valid one.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    for address in (forwarded, request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ip_address(address))
        except ValueError:
            continue
    return None
