"""Editions from before names were recorded are read once after the upgrade, and reading goes on where it was ended."""

import pytest
from django.core.management import call_command

from editorial.editions import earlier_names
from editorial.editions.models import Dependency, Edition, NameReading, Reliance
from tests.factories import drugs, pages, people
from tests.factories.unguarded import unguarded
from tests.layers import layer

pytestmark = pytest.mark.django_db


class Earlier:
    """Four pages that named a drug when nobody recorded it, the second of which has a newer edition since."""

    def __init__(self):
        author, reviewer = people.author(), people.reviewer()
        self.editions = []
        for number in range(4):
            document = pages.article(author, slug=f"page-{number}", lead="Some get zebramab.")
            self.editions.append(pages.publish(document, author, reviewer))
        pages.edit(self.editions[1].document, author, title="Anew")
        self.editions.append(pages.publish(self.editions[1].document, author, reviewer))
        self.drug = drugs.monograph(drugs.drug_admin(), title="Zebramab")
        NameReading.objects.create(after=0, until=Edition.objects.latest("pk").pk)

    def named(self) -> list[Edition]:
        rows = Dependency.objects.filter(document=self.drug, how=Reliance.NAMES).order_by("edition")
        return [row.edition for row in rows]


@layer
def earlier():
    return Earlier()


def test_every_edition_that_may_be_read_again_is_read_once(earlier):
    assert not earlier.named()
    assert earlier_names.read_earlier_names() == 4
    assert earlier.named() == [edition for edition in earlier.editions if edition != earlier.editions[1]]
    assert earlier_names.read_earlier_names() == 0


def test_reading_that_is_ended_goes_on_from_there(earlier, monkeypatch):
    monkeypatch.setattr(earlier_names, "AT_ONCE", 2)

    def end(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        earlier_names.read_earlier_names(end)
    assert len(earlier.named()) == 2
    call_command("read_names", verbosity=0)
    assert len(earlier.named()) == 4
    assert not NameReading.objects.exists()


def test_what_is_known_to_rest_on_the_drug_gets_no_second_row_and_what_is_corrupt_is_left_out(earlier):
    first, third = earlier.editions[0], earlier.editions[2]
    Dependency.objects.create(edition=first, document=earlier.drug, how=Reliance.CITES)
    with unguarded():
        Edition.objects.filter(pk=third.pk).update(content_digest="0" * 64)
    call_command("read_names", verbosity=0)
    assert not set(earlier.named()) & {first, third}
