"""The ASGI application: readers' pages are served from the event loop, everything else by the WSGI application."""

import sys

from .wsgi import application as wsgi_application  # first: it finds the settings

from editorial.reading.kept_pages.event_loop import EventLoopApplication  # isort: skip

# Seconds after which a thread that computes lets another go on. The event loop needs its turn several times for each
# request, and Python's own 5 ms would be 30 ms for a kept page beside a busy desk.
sys.setswitchinterval(0.0005)

application = EventLoopApplication(wsgi_application)
