"""A check may keep a page from being submitted only if it seldom cries wolf."""

from functools import cache
from io import StringIO

import pytest
from django.core.management import call_command

from editorial.accounts.languages import target_languages
from editorial.checks.translation.checks import TRANSLATION_CHECKS
from immuno_site.demonstration.false_alarms import count_false_alarms

counted = cache(count_false_alarms)
MOST_BLOCKED, MOST_WARNED = 0.02, 0.04  # shares of right translations


@pytest.mark.parametrize("check", TRANSLATION_CHECKS, ids=lambda check: check.id)
def test_a_check_seldom_finds_anything_in_the_right_translations_of_the_demonstration(check):
    alarms, texts, _places = counted()
    most = MOST_BLOCKED if check.needs_reason else MOST_WARNED
    for language in target_languages():
        assert texts[language] > 400
        assert alarms[check.id, language] / texts[language] < most, language


def test_the_command_prints_each_check_by_language():
    printed = StringIO()
    call_command("measure_false_alarms", stdout=printed)
    rows = printed.getvalue().splitlines()
    assert [row.split()[0] for row in rows[2:]] == [check.id for check in TRANSLATION_CHECKS]
    assert rows[1].split() == sorted(target_languages())
