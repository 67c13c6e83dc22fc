"""The guided example “Recording an approval” begins with what the demonstration would have said before it."""

import tomllib

import pytest

from tests import approval_story


def test_it_begins_with_an_approval_in_force(tmp_path):
    folder = approval_story.write_content_of_before(tmp_path / "content")
    with (folder / "drugs" / f"{approval_story.DRUG}.toml").open("rb") as file:
        [approval] = tomllib.load(file)["approvals"]
    assert [event["kind"] for event in approval["events"]] == ["granted"]
    assert "withdrawn" not in approval["plain"]["en"]
    assert not any(approval["meaning"].values())


def test_its_article_says_that_the_drug_is_approved(tmp_path):
    folder = approval_story.write_content_of_before(tmp_path / "content")
    words = (folder / f"{approval_story.ARTICLE}.toml").read_text()
    assert "is approved in the United States for some people" in words
    assert "withdrew" not in words


def test_its_guide_has_its_pictures():
    guide = (approval_story.ROOT / "docs" / "recording-an-approval.md").read_text()
    assert [name for name in approval_story.PICTURES if f"(screenshots/{name}.png)" not in guide] == []
    assert [
        name
        for name in approval_story.PICTURES
        if not (approval_story.ROOT / "docs" / "screenshots" / f"{name}.png").exists()
    ] == []


@pytest.mark.prove
def test_its_people_can_do_all_that_it_says(browser, tmp_path):
    approval_story.play(browser, tmp_path, tmp_path)
    assert [name for name in approval_story.PICTURES if not (tmp_path / f"{name}.png").exists()] == []
