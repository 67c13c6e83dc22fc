"""The page about the checks is printed from their list."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.translation import override

from tests.databases import ROOT


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_in_the_repository_is_what_would_be_printed(language):
    printed = StringIO()
    with override(language):
        call_command("print_findings", stdout=printed)
    assert (ROOT / "docs" / "findings.md").read_text() == printed.getvalue()
