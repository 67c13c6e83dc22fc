"""Tables for spreadsheets: whole, in UTF-8, and never a formula."""

import csv
from io import StringIO
from itertools import islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from editorial.desk.queue import csv_export, rows
from editorial.desk.queue.csv_export import safe
from editorial.desk.reports.charts import CHARTS
from tests.factories import bulk_rows, pages
from tests.factories.pages import submit
from tests.parsing import parse_page


def table(response) -> list[list[str]]:
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    content = response.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("A = B", "A = B"),
        ("Don't", "Don't"),
        (None, ""),
        (0, "0"),
    ],
)
def test_safe(value, expected):
    assert safe(value) == expected


def test_a_list_is_downloaded_whole_and_as_it_is_filtered(signed_in, world):
    bulk_rows.create_queue_items(world.waiting, world.other_reviewer, 60)
    submit(pages.article(world.author, title='=HYPERLINK("x")'), "en", user=world.author)
    client = signed_in(world.reviewer)
    head, *lines = table(client.get("/admin/desk/table/?tab=all&reason=new"))
    assert len(lines) == 54 + 2
    assert {len(row) for row in lines} == {len(head)}
    assert '\'=HYPERLINK("x")' in [row[0] for row in lines]
    for tab in ("mine", "again", "sent-back", "signed", "x"):
        table(client.get(f"/admin/desk/table/?tab={tab}"))


def test_a_long_list_is_read_while_it_is_sent(signed_in, world, monkeypatch):
    monkeypatch.setattr(rows, "BATCH", 5)
    monkeypatch.setattr(csv_export, "CHUNK", 4)
    bulk_rows.create_queue_items(world.waiting, world.other_reviewer, 18)
    response = signed_in(world.reviewer).get(
        "/admin/desk/table/?tab=all&reason=new&language=en", HTTP_ACCEPT_LANGUAGE="es"
    )

    def queries_until(lines: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(list(islice(response.streaming_content, lines))) == lines
        return len(captured)

    # The mark and the head take none; then a batch is asked for when the one before it was sent.
    assert queries_until(2) == 0
    assert [queries_until(1) for _chunk in range(3)] == [2, 1, 1]
    assert list(response.streaming_content)


def test_what_is_sent_after_the_page_is_in_its_language():
    with translation.override("es"):
        response = csv_export.csv_response("x.csv", ["a"], ([translation.gettext("Overdue")] for _row in range(1)))
        expected = translation.gettext("Overdue")
    assert expected != "Overdue"
    assert expected in response.getvalue().decode()


def test_a_recheck_because_of_a_page_that_was_never_submitted_names_its_address(signed_in, world):
    head, *lines = table(signed_in(world.reviewer).get("/admin/desk/table/?tab=again"))
    reasons = [row[head.index("Reasons")] for row in lines]
    assert [reason.rpartition(": ")[2] for reason in reasons] == [world.words.slug]


@pytest.mark.parametrize("name", CHARTS)
def test_a_charts_table_is_downloaded_as_it_stands_on_the_page(signed_in, world, name):
    client = signed_in(world.head)
    root = parse_page(client.get("/admin/desk/overview/"))
    [chart] = [node for node in root.iter("section") if node.get("id") == name]
    shown = [["".join(cell.itertext()) for cell in row] for row in chart.iter("tr")]
    head, *lines = table(client.get(f"/admin/desk/overview/table/?table={name}"))
    assert shown == ([head, *lines] if lines else [])  # a chart of nothing has no table
    bars = [node for node in chart.iter("svg") if node.get("role") == "img"]
    assert len(bars) == len(lines)
    assert all(bar.get("aria-label") for bar in bars)


def test_a_table_that_is_not_there_is_not_found(signed_in, world):
    assert signed_in(world.head).get("/admin/desk/overview/table/?table=x").status_code == 404


def test_the_overview_is_offered_to_whoever_may_open_it(signed_in, world):
    for who in ("author", "reviewer", "head", "admin"):
        page = signed_in(getattr(world, who)).get("/admin/desk/").content.decode()
        assert ('href="/admin/desk/overview/"' in page) == (who == "head")
