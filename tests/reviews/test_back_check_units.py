"""What somebody wrote that a text says, held against what its source says."""

import pytest

from editorial.reviews.back_checks import BackCheckUnit

DOSE, DRIVE = "Take 50 mg twice a day.", "Do not drive."


@pytest.mark.parametrize(
    ("source", "written", "missing", "added"),
    [
        (DOSE, "Take 50 mg twice a day", [], []),
        (DOSE, "Take 500 mg twice a day", ["50 mg"], ["500 mg"]),
        (DRIVE, "You may drive", ["not"], []),
        (DRIVE, "Never drive", [], []),
    ],
)
def test_what_was_written_is_compared_with_the_source(source, written, missing, added):
    unit = BackCheckUnit(("a", "text"), "", "Paragraph", "…", source, "en", 1)
    assert [len(unit.missing_words(written)), unit.added_words(written)] == [len(missing), added]
    assert source == DRIVE or unit.missing_words(written) == missing
