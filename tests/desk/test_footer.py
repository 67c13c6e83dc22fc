"""The foot of every desk page."""

import tomllib

from django.test import Client

from tests.databases import ROOT
from tests.reading import rendered


def test_the_desk_shows_the_version_to_those_who_are_signed_in(signed_in, world):
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    told = rendered.only(signed_in(world.author).get("/admin/desk/", follow=True), ".//footer/p")
    assert "".join(told.itertext()) == f"Version {version}"
    footer = rendered.only(Client().get("/admin/login/"), ".//footer")
    assert "".join(footer.itertext()).strip() == ""
