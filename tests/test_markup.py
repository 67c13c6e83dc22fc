"""What other tools say of the readers' pages: the Nu HTML checker of all, Lighthouse of those that most people read.

Each is left out, with its reason, where the machine lacks Java or Node.
"""

import urllib.request
from urllib.error import HTTPError

import pytest

from tests import audit_tools
from tests.databases import copy, drop
from tests.public_pages import LANGUAGES, PAGES, bring_about, prepared_path
from tests.server import serving

pytestmark = [pytest.mark.audit, pytest.mark.prove]

# Speed says more of the machine than of the page: it is printed.
JUDGED = ("accessibility", "best-practices", "seo")
# Nobody shall find a list of what somebody searched for.
MEANT = {"search-found": ["is-crawlable"]}


def fetch(address: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


@pytest.mark.skipif(bool(audit_tools.missing_for_markup()), reason=audit_tools.missing_for_markup())
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_markup_of_every_page_is_valid(reading_server, tmp_path, language):
    files = []
    for name, page in PAGES.items():
        if not page.is_prepared and language in page.languages:
            status, body = fetch(f"{reading_server}/{language}/{page.path}")
            assert status == page.status, page.path
            files.append(tmp_path / f"{language}-{name}.html")
            files[-1].write_bytes(body)
    problems = audit_tools.check_markup(files)
    assert not problems, "\n".join(problems)


@pytest.mark.skipif(bool(audit_tools.missing_for_markup()), reason=audit_tools.missing_for_markup())
def test_the_markup_of_a_notice_and_of_a_preview_is_valid(demo_database_template, tmp_path):
    url = copy(demo_database_template)
    token = bring_about(url)
    files = []
    with serving(url) as address:
        for name, page in PAGES.items():
            if page.is_prepared:
                files.append(tmp_path / f"{name}.html")
                files[-1].write_bytes(fetch(f"{address}/{prepared_path(page, token)}")[1])
    drop(url)
    problems = audit_tools.check_markup(files)
    assert not problems, "\n".join(problems)


@pytest.mark.skipif(bool(audit_tools.missing_for_lighthouse()), reason=audit_tools.missing_for_lighthouse())
@pytest.mark.parametrize("name", ["home", "article", "drug", "drug-list", "topic", "search-found"])
def test_lighthouse_has_nothing_to_say(reading_server, tmp_path, name):
    scores, lost = audit_tools.run_lighthouse(f"{reading_server}/en/{PAGES[name].path}", tmp_path)
    print(f"{name}: {', '.join(f'{category} {score * 100:.0f}' for category, score in scores.items())}")
    unmeant = [problem for category in JUDGED for problem in lost[category] if problem not in MEANT.get(name, ())]
    assert unmeant == []
