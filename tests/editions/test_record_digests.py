"""A record is intact where RFC 8785 says so, however its text was written to find out."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.models.records import has_digest

# Letters that JSON escapes, and some that sort otherwise by code point than RFC 8785 does.
texts = st.text('ab "\\/\b\n\t\x00\x1f\x7fé中\u2028\ufb33🙂', max_size=6)
numbers = st.one_of(st.integers(-(2**53) + 1, 2**53 - 1), st.floats(allow_nan=False, allow_infinity=False))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
columns = st.dictionaries(st.sampled_from(["contributors", "number", "title", "answers"]), values)


def canonical_digest(record: str, content: dict) -> str:
    return hashlib.sha256(rfc8785.dumps({"record": record, **content})).hexdigest()


@given(columns)
def test_what_was_digested_is_intact(content):
    assert has_digest("edition", content, canonical_digest("edition", content))


@given(columns, columns)
def test_what_says_something_else_is_not(content, other):
    same = canonical_digest("edition", content) == canonical_digest("edition", other)
    assert has_digest("edition", other, canonical_digest("edition", content)) is same
    assert not has_digest("release", content, canonical_digest("edition", content))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, "\ud800", {1, 2}, object()])
def test_what_has_no_canonical_text_is_never_intact(value):
    assert not has_digest("edition", {"title": value}, hashlib.sha256(b"").hexdigest())


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (datetime(2026, 1, 5, 17, 0, tzinfo=UTC), "2026-01-05T17:00:00.000000+00:00"),
        (datetime(2026, 1, 5, 12, 0, 0, 5, tzinfo=timezone(-timedelta(hours=5))), "2026-01-05T17:00:00.000005+00:00"),
        (date(2026, 1, 5), "2026-01-05"),
        (b"bytes", hashlib.sha256(b"bytes").hexdigest()),
        (memoryview(b"bytes"), hashlib.sha256(b"bytes").hexdigest()),
    ],
)
def test_times_and_bytes_are_digested_as_text(value, written):
    assert has_digest("edition", {"value": value}, canonical_digest("edition", {"value": written}))
