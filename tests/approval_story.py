"""Pictures of docs/recording-an-approval.md: atezolizumab withdrawn in 2021, as it is played there.

The demonstration begins as it would have been that summer. What its people write is written by the services, as
everywhere; what the guide is about they do in a real browser.
"""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.databases import FILL_DEMONSTRATION, ROOT, SERVED_KEY, manage
from tests.journeys.conftest import PASSWORD, Person
from tests.server import SETTINGS, serving, static_root

CONTENT = Path(ROOT) / "immuno_site" / "demonstration" / "content"
DRUG, ARTICLE = "atezolizumab", "biomarker-tests"
WITHDRAWN_ON, ANNOUNCED_ON = "2021-10-06", "2021-08-27"
SENTENCE = "Tecentriq (atezolizumab), triple-negative: accelerated approval 3/8/2019, withdrawal 10/6/2021."
WORDING = "In 2021 the maker withdrew this approval. If you receive atezolizumab, do not stop it on your own."
WIDTH = 1280
HAPPENED = "Atezolizumab is no longer approved in the United States for triple-negative breast cancer."
ACTION = "If you receive it, do not stop it on your own: ask your care team what this means for you."
PICTURES = (
    "approval-record", "approval-travelled", "approval-notice", "approval-warned", "approval-verify",
    "approval-readers", "approval-settled",
)  # fmt: skip

# {file: [(what it says, what it would have said before)]}; both are patterns as `re.sub` takes them.
BEFORE = {
    "drugs/atezolizumab.toml": [
        (r"\n(?:zh_hans|vi) = (?:'''[\s\S]*?'''|\"[^\n]*\")", ""),  # three languages then
        (r"In 2019 it was approved (.*?)\. In 2021 its maker withdrew this approval\.", r"It is approved \1."),
        (r"En 2019 se aprobó (.*?)\. En 2021 su fabricante retiró esta aprobación\.", r"Está aprobado \1."),
        (r"في عام 2019 حصل على موافقة (.*?)\. وفي عام 2021 سحبت الشركة المصنّعة هذه الموافقة\.", r"وعليه موافقة \1."),
        (r"<h3>.*?'''", "'''"),
        (r"(?:This use is|Este uso ya|ولم يعد هذا الاستخدام)[^.]*\.\[@fda-withdrawn-accelerated\]", ""),
        (r"; (?:this use|este uso)[^\[]*|؛ ولم يعد[^\[]*", ""),
        (r"It was for (.*?) that had spread or could not be removed, if a test found PD-L1\. It was given with "
         r"nab-paclitaxel\. This approval has been withdrawn\.",
         r"For \1 that has spread or cannot be removed, if a test finds PD-L1. It is given with nab-paclitaxel."),
        (r" Withdrawal announced by[^\[]*| El fabricante anunció[^\[]*| أعلنت الشركة المصنّعة السحب[^\[]*", ""),
        (r'(\[approvals\.meaning\]\n)en = .*\nes = .*\nar = .*', r'\1en = ""\nes = ""\nar = ""'),
        (r'\[\[approvals\.events\]\]\nkind = "withdraw[^\[]*', ""),
    ],
    "biomarker-tests.toml": [
        (r"\n(?:zh_hans|vi) = (?:'''[\s\S]*?'''|\"[^\n]*\")", ""),
        (r"From 2019 to 2021, another drug, (.*?), was approved", r"Another drug, \1, is approved"),
        (r"De 2019 a 2021, otro medicamento, (.*?), estuvo aprobado", r"Otro medicamento, \1, está aprobado"),
        (r"ومن عام 2019 إلى عام 2021، كان دواء آخر، هو (.*?)، معتمدًا", r"وهناك دواء آخر، هو \1، معتمد"),
        (r"\n<p>(?:In 2021 the maker|En 2021 el|في عام 2021 سحبت|Năm 2021, nhà|2021 年，药厂).*?</p>", ""),
    ],
}  # fmt: skip

BEGIN = """
from pathlib import Path
from immuno_site.demonstration import content_files
content_files.CONTENT = Path({folder!r})
"""

# What their writers typed then: the words that the demonstration has.
REWRITE = f"""
from articles.models import Article
from articles.services import save_article
from drugs.models import Monograph
from drugs.services import save_monograph
from editorial.accounts.models import User
from editorial.editions.models import Document
from editorial.editions.working.copies import version_token
from immuno_site.demonstration.content_files import read_content
def text(data):
    return {{name: words["en"] for name, words in data.items() if isinstance(words, dict) and "en" in words}}
drug, article = Document.objects.get(slug="{DRUG}"), Document.objects.get(slug="{ARTICLE}")
data, monograph = read_content("drugs/{DRUG}"), Monograph.objects.get(document=drug)
[approval], [dose] = monograph.approvals.all(), monograph.doses.all()
save_monograph(
    drug, user=User.objects.get(username="drugadmin"), token=version_token(drug, "en"), reason="The withdrawal.",
    fields={{name: data[name]["en"] for name in ("lead", "how_it_works", "how_given")}}
    | {{"change_note": "The approval for breast cancer was withdrawn."}},
    approvals=[{{"id": approval.pk, **text(data["approvals"][0])}}],
    doses=[{{"id": dose.pk, **text(data["doses"][0])}}],
)
data = read_content("{ARTICLE}")
sections = zip(Article.objects.get(document=article).sections.all(), data["sections"], strict=True)
save_article(
    article, user=User.objects.get(username="author"), token=version_token(article, "en"), reason="The withdrawal.",
    fields={{"change_note": "An approval was withdrawn."}},
    sections=[{{"id": section.pk, "body": words["body"]["en"]}} for section, words in sections],
)
"""

# The drug admin, who asked for other words, has read them.
RESOLVE = """
from editorial.accounts.models import User
from editorial.reviews.models import Act, Remark
from editorial.reviews.services import answer_remark
drugadmin = User.objects.get(username="drugadmin")
for remark in Remark.objects.filter(thread=None, made_by=drugadmin):
    answer_remark(remark.edition, remark, user=drugadmin, text="", act=Act.RESOLVED)
"""

TRANSLATE = f"""
from drugs.models import Monograph
from editorial.accounts.models import User
from editorial.editions.models import Document
from immuno_site.demonstration import articles, drugs
from immuno_site.demonstration.content_files import read_content
from immuno_site.demonstration.signing import translate
people = {{user.username: user for user in User.objects.all()}}
drug, article = Document.objects.get(slug="{DRUG}"), Document.objects.get(slug="{ARTICLE}")
for language in ("es", "ar"):
    data = read_content("drugs/{DRUG}")
    translate(drug, language, drugs._words(Monograph.objects.get(document=drug), data, language), people)
    translate(article, language, articles._words(article, read_content("{ARTICLE}"), language), people)
"""


def play(browser: Browser, folder: Path, out: Path) -> None:
    """Play it on a database of its own in `folder`, and write `PICTURES` to `out`."""
    url = f"sqlite:///{folder / 'story.sqlite3'}"
    manage(url, "migrate", "--verbosity=0", settings=SETTINGS)
    begin = BEGIN.format(folder=str(write_content_of_before(folder / "content")))
    _run(url, begin + FILL_DEMONSTRATION)
    with serving(url, STATIC_ROOT=static_root()) as address:
        documents = find_documents(folder / "story.sqlite3")
        with _person(browser, address, "drugadmin") as drugadmin:
            record(drugadmin, documents[DRUG], out)
            send_to_authors(drugadmin, out)
            notice = write_notice(drugadmin, out)
        with _person(browser, address, "reviewer") as reviewer:
            sign_notice(reviewer, notice)
        with _person(browser, address, "") as reader:
            _picture(reader.open(f"/es/articles/{ARTICLE}/"), out, "approval-warned", height=700)
        with _person(browser, address, "reviewer2") as verifier:
            verify(verifier, out)
        _run(url, REWRITE + RESOLVE)
        both = ("reviewer", "reviewer2")  # a withdrawal is grave: two sign it, also in the article, which shows it
        for slug, writer in ((DRUG, "drugadmin"), (ARTICLE, "author")):
            with _person(browser, address, writer) as somebody:
                edition = submit(somebody, documents[slug])
            for username in both:
                with _person(browser, address, username) as reviewer:
                    reviewer.sign(edition)
        _run(url, TRANSLATE)
        with _person(browser, address, "reviewer2") as reviewer:  # of what is left, who signs Chinese
            confirm(reviewer, documents[DRUG])
            page = reviewer.open(f"/admin/desk/rechecks/event/{documents[DRUG]}/")
            _picture(page, out, "approval-settled", height=260)
        with _person(browser, address, "") as reader:
            _picture(reader.open(f"/en/drugs/{DRUG}/#no-longer-approved"), out, "approval-readers", height=900)


def write_content_of_before(folder: Path) -> Path:
    """A copy of the demonstration's files as they would have been before the withdrawal."""
    shutil.copytree(CONTENT, folder)
    for name, changes in BEFORE.items():
        text = (folder / name).read_text()
        for said, would_have_said in changes:
            text, number = re.subn(said, would_have_said, text, flags=re.DOTALL if said.startswith("<h3>") else 0)
            if not number:
                raise ValueError(f"{name} no longer says {said!r}")
        (folder / name).write_text(text)
    return folder


def record(drugadmin: Person, document: int, out: Path) -> None:
    """Both days of the withdrawal, and where it can be read."""
    page = drugadmin.open(f"/admin/drugs/monograph/{document}/record/")
    page.select_option("#id_kind", "withdrawn-by-sponsor")
    approval = page.locator("#id_approval option", has_text="triple-negative")
    page.select_option("#id_approval", value=approval.get_attribute("value"))
    page.locator("#id_happened_on").fill(WITHDRAWN_ON)
    page.locator("#id_announced_on").fill(ANNOUNCED_ON)
    page.locator("#id_application").fill("BLA761034")
    page.locator("#id_reference").fill("fda-withdrawn-accelerated")
    _picture(page, out, "approval-record")
    drugadmin.press("Show what it touches")
    drugadmin.press("Record it")
    drugadmin.told("Recorded. Readers see it once it is verified and the page is signed.")


def send_to_authors(drugadmin: Person, out: Path) -> None:
    """What it reaches, with a wording proposed for the article."""
    page = drugadmin.open("/admin/desk/rechecks/")
    page.get_by_role("link", name="Atezolizumab").first.click()
    page.get_by_label("Shows it, repeats what it says or cites its source").check()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Biomarker tests"))
    row.get_by_text("Propose wording").click()
    row.get_by_label("What it should say instead").fill(WORDING)
    page.get_by_label("Reason").fill("The approval was withdrawn.")
    _picture(page, out, "approval-travelled")
    drugadmin.press("Send to the authors")
    drugadmin.told("Sent to the authors.")


def write_notice(drugadmin: Person, out: Path) -> str:
    """Two plain sentences for readers, and the address of the notice's page."""
    page = drugadmin.page
    page.locator("a[href^='/admin/desk/notices/']").first.click()
    page.locator("#id_write-happened").fill(HAPPENED)
    page.locator("#id_write-action").fill(ACTION)
    _picture(page, out, "approval-notice")
    page.locator("button[name='write']").click()
    drugadmin.told("Submitted.")
    return page.url.removeprefix(drugadmin.address)


def sign_notice(reviewer: Person, notice: str) -> None:
    """One signature is enough, and readers see it from the next request on."""
    edition = reviewer.open(notice).get_by_role("link", name="To sign: English").get_attribute("href")
    reviewer.sign(str(edition))


def verify(verifier: Person, out: Path) -> None:
    """Somebody else reads the source, and enters the words that say it."""
    page = verifier.open("/admin/desk/?tab=verify")
    page.get_by_role("link", name="Oct. 6, 2021").click()
    page.get_by_label("The sentence of the source that says it").fill(SENTENCE)
    verifier.press("Compare first")
    page.get_by_role("checkbox", name="The sentence has another day").check()
    _picture(page, out, "approval-verify")
    page.get_by_label("Confirm with your password").fill(PASSWORD)
    verifier.press("Verify it")
    verifier.told("Verified.")


def submit(writer: Person, document: int) -> str:
    """The address of the edition; what changed was said already, for readers."""
    writer.open(f"/admin/desk/documents/{document}/en/submit/")
    writer.press("Submit for review")
    writer.told("Submitted for medical review.")
    return writer.page.url.removeprefix(writer.address)


def confirm(reviewer: Person, document: int) -> None:
    """What only may rest on it, and says nothing of it: pages in a language that the drug's page was not in."""
    page = reviewer.open(f"/admin/desk/rechecks/event/{document}/")
    page.get_by_label("May rest on it").check()
    page.get_by_label("Reason").fill("This page does not speak of that use.")
    page.get_by_label("Confirm with your password").fill(PASSWORD)
    reviewer.press("Still correct")
    reviewer.told("Settled on")


def find_documents(path: Path) -> dict[str, int]:
    """{slug: key} of the pages in a database."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT slug, id FROM editions_document"))


def _run(url: str, code: str) -> None:
    manage(url, "shell", "-c", code, settings=SETTINGS, SECRET_KEY=SERVED_KEY)


def _picture(page: Page, out: Path, name: str, height: int = 0) -> None:
    """Of the whole page, or of its first `height` pixels."""
    if height:
        page.set_viewport_size({"width": WIDTH, "height": height})
    page.evaluate("document.activeElement.blur()")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=out / f"{name}.png", full_page=not height)
    print(f"{name}.png")


@contextmanager
def _person(browser: Browser, address: str, username: str) -> Iterator[Person]:
    """Somebody of the demonstration, signed in; "" is a reader."""
    # Without motion: a picture of a page that still scrolls shows half of it.
    context = browser.new_context(viewport={"width": WIDTH, "height": 900}, reduced_motion="reduce")
    yield Person(context.new_page(), address, username)
    context.close()
