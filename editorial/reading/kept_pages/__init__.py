"""Pages that were rendered once, served as bytes for as long as they are what a reader should see.

A WSGI application before Django (application.py) answers readers' addresses from memory: while the public state and the
clock say that nothing changed, at the cost of one small question to the database. docs/decisions/0064 says why. Under
ASGI (event_loop.py) the same pages are sent without a thread; docs/decisions/0120 says why.
"""
