"""What the form for taking a page down offers."""

from editorial.desk.forms import WithdrawForm
from tests.factories import pages, people


def test_explanations_are_offered_by_their_titles(db):
    pages.site_words(people.author(), "out-of-date", "This page is out of date", "<p>Words.</p>")
    labels = [str(label) for _value, label in WithdrawForm().fields["explanation"].choices]
    assert "This page is out of date" in labels
    assert "out-of-date" not in labels
