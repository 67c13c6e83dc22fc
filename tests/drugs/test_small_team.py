"""An author, two reviewers and a drug admin, and nobody else: what a regulator did goes through to readers."""

from datetime import date

import pytest

from drugs.services import correct_event, void_event
from editorial.reviews.models import SignOffPolicy
from tests.factories import drugs, pages, people
from tests.factories.pages import submit
from tests.reading import rendered

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


class Team:
    """Two sign-offs for everything: each reviewer signs, and each of them verified something of it before."""

    def __init__(self, client):
        self.author, self.admin, self.client = people.author(), drugs.drug_admin(), client
        self.reviewers = [people.reviewer(), people.reviewer()]
        SignOffPolicy.objects.create(sign_offs=2)
        self.drug = drugs.monograph(self.admin, slug="zebramab")

    def sign(self, document, writer) -> None:
        edition = submit(document, "en", user=writer)
        for reviewer in self.reviewers:
            pages.sign(edition, reviewer)
        assert edition.releases.exists()

    def sections(self, address: str) -> set[str]:
        root = rendered.parsed(self.client.get(address))
        return {node.get("id") for node in root.iter("section") if node.get("id")}

    def has(self, words: str, address: str = "/en/drugs/zebramab/") -> bool:
        return words in " ".join("".join(rendered.parsed(self.client.get(address)).itertext()).split())

    def days(self) -> set[str]:
        return {node.get("datetime") for node in rendered.parsed(self.client.get("/en/drugs/zebramab/")).iter("time")}


def test_a_grant_a_withdrawal_and_a_correction_reach_readers(client):
    team = Team(client)
    first, second = team.reviewers
    grant = drugs.event(team.drug, team.admin, pathway="accelerated")
    drugs.verify(grant, first)
    team.sign(team.drug, team.admin)
    sections = [{"heading": "Here", "body": "<p>Words.</p>", "piece_of": team.drug, "piece": "approvals"}]
    article = pages.article(team.author, slug="main", title="Main", sections=sections)
    team.sign(article, team.author)
    assert "2020-11-13" in team.days()

    withdrawn = drugs.event(team.drug, team.admin, "withdrawn-by-agency", date(2021, 10, 6))
    drugs.verify(withdrawn, second)
    assert "no-longer-approved" not in team.sections("/en/drugs/zebramab/")
    team.sign(team.drug, team.admin)
    assert "no-longer-approved" in team.sections("/en/drugs/zebramab/")
    assert team.has("Talk with your care team.", "/en/articles/main/")

    right = correct_event(withdrawn, user=team.admin, note="The effective day.", happened_on=date(2021, 10, 8))
    drugs.edit(team.drug, team.admin, lead="A drug that was withdrawn.")
    team.sign(team.drug, team.admin)  # what was verified last is signed meanwhile
    assert "2021-10-06" in team.days()
    drugs.verify(right, first)
    team.sign(team.drug, team.admin)
    assert "2021-10-08" in team.days()
    assert "2021-10-06" not in team.days()

    taken = void_event(right, user=team.admin, note="Of another drug.")
    drugs.verify(taken, second)
    team.sign(team.drug, team.admin)
    assert "no-longer-approved" not in team.sections("/en/drugs/zebramab/")
