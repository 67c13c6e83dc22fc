"""A small site, and everything that can happen to what its readers see."""

from datetime import timedelta

from django.utils import timezone

from editorial.editions.models import Document
from editorial.editions.working.copies import change_slug
from editorial.library.services.topics import save_topic
from editorial.reading.paths import arrange_path
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet

WORDS = '<p>All about <a href="/leaflets/word/">zebras</a>, and <a href="/articles/linked/">more</a>.</p>'
PATHS = [
    "/en/", "/en/articles/", "/en/articles/?page=2", "/en/leaflets/", "/en/articles/page/", "/en/articles/moved/",
    "/en/articles/linked/", "/en/articles/nothing/", "/en/nowhere/", "/es/", "/es/articles/page/",
    "/es/leaflets/piece/", "/en/topics/", "/en/topics/news/", "/en/a-z/", "/es/a-z/", "/es/topics/news/", "/en/feed/",
    "/es/feed/", "/en/changes/", "/es/changes/",
]  # fmt: skip


class Newsroom:
    """A page that shows a piece, explains a word in place and links to another page; and all who work on them."""

    def __init__(self, clock):
        self.clock = clock
        self.author, self.reviewer, self.head = people.author(), people.reviewer(), people.head()
        self.second, self.operator = people.reviewer(), people.operator()
        self.translator = people.translator("es")
        self.piece = write_leaflet(self.author, "piece", "Piece title", "<p>Piece words.</p>")
        self.word = write_leaflet(self.author, "word", "Word title", "<p>Word words.</p>")
        self.topic = save_topic("news", "News", user=self.author)
        self.linked = pages.article(self.author, slug="linked", title="Linked", topics=[self.topic])
        for document in (self.piece, self.word, self.linked):
            self._publish(document)
        sections = [{"heading": "Here", "body": WORDS, "piece_of": self.piece, "piece": "box"}]
        self.page = pages.article(self.author, slug="page", title="Main", sections=sections, topics=[self.topic])
        self.edition = self._publish(self.page)
        self.numbers = iter(range(1000))
        self.last_words = ""  # that a page or piece was renewed with
        signer = self.edition.sign_offs.get().signer_slug
        self.addresses = [*PATHS, f"/en/reviewers/{signer}/"]

    def _publish(self, document: Document, **keywords):
        self.clock.shift(timedelta(milliseconds=1))
        return pages.publish(document, self.author, self.reviewer, **keywords)

    def do(self, act: str) -> None:
        """One of STORY, a moment after the one before."""
        self.clock.shift(timedelta(milliseconds=1))
        getattr(self, act)()

    # --- What happens --------------------------------------------------------------------------------------

    def renew_page(self):
        self.last_words = f"Another lead {next(self.numbers)}"
        pages.edit(self.page, self.author, lead=f"{self.last_words}.")
        self.edition = self._publish(self.page)

    def renew_piece(self, **keywords):
        title = self.last_words = f"Newer title {next(self.numbers)}"
        write_leaflet(self.author, "", title, "<p>New words.</p>", document=self.piece)
        self._publish(self.piece, **keywords)

    def renew_linked(self):
        pages.edit(self.linked, self.author, lead=f"Another lead {next(self.numbers)}.")
        self._publish(self.linked)

    def schedule_piece(self):
        self.renew_piece(publish_at=timezone.now() + timedelta(hours=2))

    def translate_page(self):
        pages.publish_translation(self.page, "es", self.translator, self.reviewer)

    def reaffirm(self):
        self.sign_off = pages.confirm(self.edition, self.second)

    def revoke_reaffirmation(self):
        revoke_sign_off(self.sign_off, user=self.head, reason="An error.")

    def move_page(self):
        change_slug(Document.objects.get(pk=self.page.pk), "moved", user=self.head)

    def move_page_back(self):
        change_slug(Document.objects.get(pk=self.page.pk), "page", user=self.head)

    def take_down_linked(self):
        withdraw(self.linked, "en", user=self.operator, reason="An error.")

    def take_down_spanish(self):
        withdraw(self.page, "es", user=self.operator, reason="An error.")

    def take_down_page(self):
        withdraw(self.page, "en", user=self.operator, reason="An error.")

    def bring_back_page(self):
        pages.bring_back(self.edition, self.second)

    def publish_policy(self):
        words = pages.site_words(self.author, "organisation", "Who we are", "<p>Us.</p>", is_page=True)
        self._publish(words)

    def publish_more(self):
        for number in range(3):
            self._publish(
                pages.article(self.author, slug=f"more-{number}", title=f"More {number}", topics=[self.topic])
            )

    def arrange_path(self):
        arrange_path("news", [self.page, self.linked], user=self.head)

    def arrange_another_path(self):
        arrange_path("news", [self.linked, self.page], user=self.head)

    def rename_topic(self):
        save_topic("news", "Newest", user=self.author)
        self.renew_page()

    def wait_hours(self):
        self.clock.shift(timedelta(hours=3))

    def wait_days(self):
        self.clock.shift(timedelta(days=1))

    def wait_a_year(self):
        self.clock.shift(timedelta(days=366))

    def write_a_draft(self):
        pages.edit(self.linked, self.author, lead=f"A draft {next(self.numbers)}.")


STORY = [
    "write_a_draft", "renew_linked", "renew_piece", "schedule_piece", "wait_hours", "renew_page", "take_down_page",
    "bring_back_page", "translate_page", "move_page", "move_page_back", "take_down_spanish", "publish_policy",
    "publish_more", "arrange_path", "rename_topic",
    "arrange_another_path", "take_down_linked", "reaffirm", "revoke_reaffirmation", "wait_days", "wait_a_year",
]  # fmt: skip
