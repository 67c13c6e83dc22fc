"""How dates and times are told: Django's formats of each language, but for the time zone that every time of day names.

A language that is added needs a folder here: `tests/site/test_times.py` says so.
"""
