"""The demonstration: invented people, and pages that went through the same services as everybody's."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from immuno_site.demonstration import figures, pages, people

ARTICLES = ["how-our-pages-are-checked", "immunotherapy-for-breast-cancer"]


class Command(BaseCommand):
    help = "Load the demonstration's people and pages. Loading it twice changes nothing."

    def handle(self, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration's accounts have a public password: not under these settings.")
        found = people.load()
        made = pages.load_site_words(found)
        pages.load_topics(found)
        figures.load(found)
        made += sum(pages.load_article(name, found) for name in ARTICLES)
        if options["verbosity"]:
            self.stdout.write(f"Demonstration: {made} new pages." if made else "Demonstration: nothing new.")
