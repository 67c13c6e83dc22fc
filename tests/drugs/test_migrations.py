"""What drugs' tables held is there after they changed."""

from tests.articles.test_migrations import migrated

BEFORE = [("drugs", "0002_sources_and_drugwide_decisions")]
AFTER = [("drugs", "0004_boxed_warnings_go_with_approvals")]


def test_a_boxed_warning_keeps_the_partner_whose_address_it_had(fresh_connection):
    apps = migrated(BEFORE)

    def monograph(slug: str):
        document = apps.get_model("editions", "Document").objects.create(kind="monograph", slug=slug)
        return apps.get_model("drugs", "Monograph").objects.create(document=document)

    partner, drug = monograph("partnerib"), monograph("zebramab")
    for title, address in (("own", ""), ("theirs", "partnerib"), ("nobodys", "no-such-drug")):
        values = {"monograph": drug, "block_id": f"d-{title}", "title_en": title, "partner": address}
        row = apps.get_model("drugs", "BoxedWarning").objects.create(**values)
        apps.get_model("drugs", "HistoricalBoxedWarning").objects.create(
            id=row.pk, history_date="2026-01-01T00:00Z", history_type="+", **values
        )
    apps = migrated(AFTER)
    for name in ("BoxedWarning", "HistoricalBoxedWarning"):
        found = apps.get_model("drugs", name).objects.values_list("title_en", "partner_id")
        assert dict(found) == {"own": None, "theirs": partner.pk, "nobodys": None}
