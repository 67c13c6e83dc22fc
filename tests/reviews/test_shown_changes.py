"""A new edition of a page counts where the part of it that a page shows says something else, and nowhere else."""

from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from editorial.editions.models import Edition, ShownPiece
from editorial.editions.working.copies import version_token
from editorial.editions.working.pages import save_page
from editorial.reviews.models import Recheck
from editorial.reviews.recheck_lines import load_lines
from editorial.reviews.recheck_reasons import find_reasons
from tests.factories import drugs, pages, people
from tests.factories.pages import submit
from tests.factories.unguarded import unguarded
from tests.layers import layer

pytestmark = pytest.mark.django_db


@layer
def clinic():
    """A monograph and a glossary entry that are live, and an article for each piece, link and word of them."""
    return Clinic()


class Clinic:
    def __init__(self):
        self.author, self.reviewer = people.author(), people.reviewer()
        self.admin, self.verifier = drugs.drug_admin(), drugs.drug_admin()
        self.drug = drugs.monograph(self.admin, slug="zebramab")
        drugs.verified(self.drug, self.admin, self.verifier)
        self.entry = pages.glossary_entry(self.author)
        for document, writer in ((self.drug, self.admin), (self.entry, self.author)):
            pages.publish(document, writer, self.reviewer)
        self.showing = {name: self.article({"piece_of": self.drug, "piece": name}) for name in PIECES}
        self.linking = self.article({"body": '<p>See <a href="/drugs/zebramab/">it</a>.</p>'})
        self.explaining = self.article({"body": '<p>Know <a href="/glossary/pd-l1/">this</a>.</p>'})

    def article(self, section: dict) -> Edition:
        document = pages.article(self.author, sections=[{"heading": "Here", "body": "", **section}])
        return pages.publish(document, self.author, self.reviewer)

    def change_drug(self, **words) -> Edition:
        drugs.edit(self.drug, self.admin, **words)
        return pages.publish(self.drug, self.admin, self.reviewer)

    def reached(self) -> set[str]:
        """Names of the pieces, or "link" or "word", of which the article has to be looked at again."""
        opened = set(Recheck.objects.open().values_list("edition", flat=True))
        named = {**self.showing, "link": self.linking, "word": self.explaining}
        return {name for name, edition in named.items() if edition.pk in opened}


PIECES = ["card", "approvals", "dosing", "side-effects"]
OTHER_DOSE = [{**drugs.PARTS["doses"][0], "dose": "400"}]
OTHER_EFFECT = [{"name": f"Cough[@{drugs.LABEL}]"}]
MORE_WARNINGS = [{"title": "Fever", "text": f"You may get a fever.[@{drugs.LABEL}]"}]


@pytest.mark.parametrize(
    ("changed", "reached"),
    [
        ({"how_it_works": "<p>It helps in another way.</p>"}, set()),
        ({"doses": OTHER_DOSE}, {"dosing"}),
        ({"side_effects": OTHER_EFFECT}, {"side-effects"}),
        ({"boxed_warnings": MORE_WARNINGS}, {"card"}),
        ({"lead": "Another drug."}, {"card"}),
        ({"title": "Zebrumab"}, set(PIECES)),
        ({"doses": OTHER_DOSE, "side_effects": OTHER_EFFECT}, {"dosing", "side-effects"}),
    ],
)
def test_only_pages_that_show_the_part_that_changed_are_reached(clinic, changed, reached):
    clinic.change_drug(**changed)
    assert clinic.reached() == reached


def test_a_decision_in_force_changes_the_table_of_approvals_alone(clinic):
    drugs.verified(clinic.drug, clinic.admin, clinic.verifier, "narrowed", date(2022, 1, 5))
    before = set(Recheck.objects.values_list("pk", flat=True))
    clinic.change_drug(lead="A drug.")
    new = Recheck.objects.exclude(pk__in=before).values_list("edition", flat=True)
    assert set(new) == {clinic.showing["approvals"].pk}


@pytest.mark.parametrize(("changed", "reached"), [({"body": "<p>More.</p>"}, set()), ({"short": "Else."}, {"word"})])
def test_a_word_that_opens_in_place_counts_by_what_opens(clinic, changed, reached):
    token = version_token(clinic.entry, "en")
    save_page(clinic.entry, user=clinic.author, token=token, fields=changed, reason="Clearer.")
    pages.publish(clinic.entry, clinic.author, clinic.reviewer)
    assert clinic.reached() == reached


def test_what_is_submitted_before_a_scheduled_change_is_reached_where_it_shows_that(clinic):
    drugs.edit(clinic.drug, clinic.admin, doses=OTHER_DOSE)
    pages.publish(clinic.drug, clinic.admin, clinic.reviewer, publish_at=timezone.now() + timedelta(days=1))
    new = {
        name: submit(
            pages.article(
                clinic.author, sections=[{"heading": "H", "body": "", "piece_of": clinic.drug, "piece": name}]
            ),
            "en",
            user=clinic.author,
        )
        for name in ("card", "dosing")
    }
    opened = set(Recheck.objects.open().values_list("edition", flat=True))
    assert new["dosing"].pk in opened and new["card"].pk not in opened


def test_a_line_that_returns_to_what_was_seen_stays_open_and_says_so(client, clinic):
    card = clinic.showing["card"]
    for lead, is_same in (("Another drug.", False), ("A third.", False), ("A drug.", True)):
        clinic.change_drug(lead=lead)
        [(_line, reason)] = find_reasons(load_lines([card.pk]))
        assert reason.is_same_again == is_same
    client.force_login(clinic.reviewer)
    assert "is again what it showed" in client.get(f"/admin/desk/editions/{card.pk}/").content.decode()


def forget_shown_pieces() -> set[tuple[int, str]]:
    """What an edition shows was not kept before; returns {(key of a dependency, piece)} that was."""
    kept = set(ShownPiece.objects.values_list("dependency_id", "piece"))
    with unguarded():
        ShownPiece.objects.all().delete()
    return kept


def test_what_editions_of_before_show_is_read_from_their_bytes(clinic):
    kept = forget_shown_pieces()
    migration = import_module("editorial.editions.migrations.0012_pieces_that_earlier_editions_show")
    migration.record_shown_pieces(apps, SimpleNamespace(connection=connection))
    assert set(ShownPiece.objects.values_list("dependency_id", "piece")) == kept
    assert {"", *PIECES} == {piece for _key, piece in kept}


def test_a_page_of_which_nobody_can_tell_what_it_shows_is_reached_by_any_change_of_a_part(clinic):
    forget_shown_pieces()
    clinic.change_drug(doses=OTHER_DOSE)
    assert clinic.reached() == set(PIECES)
