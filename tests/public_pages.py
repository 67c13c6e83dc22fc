"""Every template of the readers' pages in each state that it can have, as the demonstration shows them.

One table for the audit, the screenshots and the tests of small and large windows: a new page or state is a row here.
"""

import os
from pathlib import Path
from typing import NamedTuple

from tests.databases import manage, workspace

LANGUAGES = ("en", "ar", "es", "zh-hans", "vi")
ARTICLE, DRUG = "articles/immunotherapy-for-breast-cancer/", "drugs/pembrolizumab/"


class PublicPage(NamedTuple):
    """A page in a state."""

    path: str  # after the language, if it does not begin with a slash; {preview} is the token of a preview link
    languages: tuple[str, ...] = LANGUAGES  # in which it has this state
    status: int = 200
    is_family: bool = False  # whether `make test` looks at it, for all pages of its templates
    is_prepared: bool = False  # whether the demonstration has it only after `bring_about`
    shows: str = ""  # what stands in its HTML in this state alone


PAGES = {
    "home": PublicPage(""),
    "article-list": PublicPage("articles/", is_family=True),
    "article": PublicPage(ARTICLE, is_family=True),
    "article-fallback": PublicPage(
        "articles/only-in-english/", ("ar", "zh-hans", "vi", "es"), is_prepared=True, shows='class="shell fallback"'
    ),
    "article-due": PublicPage("articles/questions-to-ask/", shows="is-due"),
    "article-outdated": PublicPage("articles/questions-to-ask/", ("vi",), shows="notice-line"),
    "article-changed": PublicPage(
        "articles/side-effects-of-immunotherapy/", ("ar", "es"), is_prepared=True, shows="source-part"
    ),
    "article-withdrawn": PublicPage("articles/cancer-vaccines-in-research/", ("en", "es", "ar"), 410),
    "article-unverified": PublicPage("articles/biomarker-tests/", ("es",), 503, is_prepared=True),
    "article-of-tests": PublicPage("articles/biomarker-tests/"),
    "article-of-signs": PublicPage("articles/side-effects-of-immunotherapy/"),
    "policy": PublicPage("articles/how-our-pages-are-checked/"),
    "topics": PublicPage("topics/"),
    "topic": PublicPage("topics/immunotherapy/", is_family=True, shows='class="path"'),
    "topic-without-path": PublicPage("topics/tests/", shows='class="cards"'),
    "a-to-z": PublicPage("a-z/"),
    "a-to-z-letter": PublicPage("a-z/?letter=C", ("en",), shows='href="."'),
    "changes": PublicPage("changes/"),
    "drug-list": PublicPage("drugs/"),
    "drug-list-by-approval": PublicPage("drugs/?view=approvals"),
    "drug-list-filtered": PublicPage("drugs/?state=accelerated&biomarker=tmb-h", shows="drug-group"),
    "drug-list-empty": PublicPage("drugs/?state=accelerated&biomarker=msi-h&authority=ema"),
    "drug": PublicPage(DRUG, is_family=True),
    "drug-with-history": PublicPage("drugs/atezolizumab/", shows="use-ended"),
    "drug-noticed": PublicPage("drugs/sacituzumab-govitecan/", is_prepared=True, shows='class="urgent"'),
    "glossary": PublicPage("glossary/"),
    "glossary-letter": PublicPage("glossary/?letter=C", ("en",)),
    "entry": PublicPage("glossary/pd-l1/"),
    "entry-outdated": PublicPage("glossary/clinical-trial/", ("es", "ar"), is_prepared=True, shows="notice-line"),
    "about": PublicPage("about/privacy/"),
    "accessibility": PublicPage("about/accessibility/"),
    "language-help": PublicPage("about/language-help/"),
    "reviewer": PublicPage("reviewers/helen-okafor/", is_family=True),
    "reviewer-next": PublicPage("reviewers/helen-okafor/?page=2", shows='class="pages"'),
    "search": PublicPage("search/"),
    "search-found": PublicPage("search/?q=keytruda", is_family=True, shows="search-results"),
    "search-next": PublicPage("search/?q=keytruda&page=2", shows='class="pages"'),
    "search-by-topic": PublicPage("search/?q=immunotherapy&topic=breast-cancer", ("en",)),
    "search-corrected": PublicPage("search/?q=pembrolizumb", ("en",), shows="search-note"),
    "search-emergency": PublicPage("search/?q=cant+breathe", ("en",), shows="care-emergency"),
    "search-long": PublicPage(f"search/?q={'a+long+question+' * 20}", shows="search-note"),
    "search-nothing": PublicPage("search/?q=zzzz", shows="search-advice"),
    "missing": PublicPage("nothing/", status=404, is_family=True),
    "preview": PublicPage("/preview/{preview}/", ("en",), is_prepared=True, shows="not-reviewed"),
    "preview-ended": PublicPage("/preview/nothing/", ("en",), 404, is_prepared=True),
}


def prepared_path(page: PublicPage, token: str) -> str:
    """The path in a browser of a page in its first language, on a demonstration of which `bring_about` gave `token`."""
    path = page.path if page.path.startswith("/") else f"/{page.languages[0]}/{page.path}"
    return path.format(preview=token).removeprefix("/")


def bring_about(url: str) -> str:
    """Let the demonstration at this SQLite address have what it lacks: a notice, a change that a translation does not
    have, a page in English alone, one whose record somebody changed, and a preview link, whose token is returned.
    """
    answer = workspace() / f"preview-token-{os.getpid()}"  # each process prepares a site of its own
    manage(url, "shell", "--command", _ACTS, settings="immuno_site.settings.local", ANSWER=str(answer))
    return Path(answer).read_text()


_ACTS = """
import os
from pathlib import Path
from articles.services import create_article, save_article
from django.db import connection
from django.utils import timezone
from drugs.models import Approval
from drugs.services import record_event
from editorial.accounts.models import User
from editorial.editions import triggers
from editorial.editions.models import Document, Edition
from editorial.editions.working.copies import version_token
from editorial.editions.working.pages import save_page
from editorial.reading.preview_links import create_preview_link
from editorial.reviews.services import send_stock_notice
from immuno_site.demonstration.signing import sign
from tests.factories.drugs import source
admin, reviewer, author = (User.objects.get(username=name) for name in ("drugadmin", "reviewer", "author"))
drug = Document.objects.get(slug="sacituzumab-govitecan")
news = record_event(
    drug, user=admin, kind="withdrawn-by-sponsor", happened_on=timezone.localdate(), reference=source(admin),
    approval=Approval.objects.filter(monograph=drug.pk).order_by("pk").first(),
)
send_stock_notice(news, user=reviewer, password="demo")
changed = Document.objects.get(slug="side-effects-of-immunotherapy")
rows = [
    {"id": row.pk, "body": (row.body_en or "").replace("38 °C", "38.3 °C").replace("24 hours", "12 hours")}
    for row in changed.article.sections.all()
]
night = "<p>Do <strong>not</strong> wait for the morning.</p>"
fever = {"heading": "A fever at night", "group": "procedure", "body": night}
people = {"author": author, "reviewer": reviewer}
fields = {"change_note": "Another temperature."}
save_article(
    changed, user=author, token=version_token(changed, "en"), reason="A fever", fields=fields, sections=[*rows, fever]
)
sign(changed, "en", people)
entry = Document.objects.get(kind="glossary", slug="clinical-trial")
clearer = {"short": entry.glossary_entry.short_en + " Many people take part."}
save_page(entry, user=author, token=version_token(entry, "en"), reason="Clearer", fields=clearer)
sign(entry, "en", people)
foreign = create_article("only-in-english", "A page in English alone", user=author).document
save_article(
    foreign, user=author, token=version_token(foreign, "en"), reason="No translation",
    fields={"lead": "Nobody has translated this page.", "change_note": "First edition."},
    key_points=[{"text": "Its words are in English."}],
    sections=[{"heading": "What is this?", "body": "<p>An example.</p>", "group": "overview", "care_level": ""}],
)
sign(foreign, "en", people)
unverified = Edition.objects.filter(document__slug="biomarker-tests", language="es").latest("number")
with connection.cursor() as cursor:
    for name in [name for name, of in triggers.installed(connection).items() if of == Edition._meta.db_table]:
        cursor.execute(f'DROP TRIGGER "{name}"')
    cursor.execute("UPDATE editions_edition SET title = 'Other words' WHERE id = %s", [unverified.pk])
article = Document.objects.get(slug="immunotherapy-for-breast-cancer")
Path(os.environ["ANSWER"]).write_text(create_preview_link(article, "en", user=author)[1])
"""
