"""Rows that many tests rest on, made once for all tests of a module that ask for the same ones: a pytest plugin.

`@layer` makes a fixture of a function that makes rows. Its arguments are layers too, of its module or of a conftest.py
above. A test finds what it asked for and nothing else: its layers stand in one transaction around it, which is undone
before tests that ask for others. What it does to them ends with the test, and it gets copies of what was returned.
"""

import inspect
from collections.abc import Callable, Iterator
from copy import deepcopy

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation

_builders: dict[tuple[str, str], Callable] = {}
_fixtures: set[Callable] = set()


def layer(build: Callable):
    name = build.__name__
    _builders[build.__module__, name] = build

    def copied(layers):
        return layers[name]

    _fixtures.add(copied)
    return pytest.fixture(name=name)(copied)


def pytest_generate_tests(metafunc):
    if "standing" not in metafunc.fixturenames:
        return
    wanted: dict[str, Callable] = {}
    definitions = metafunc.definition._fixtureinfo.name2fixturedefs
    for name in sorted(metafunc.fixturenames):
        # A module's own fixture may stand before a layer of this name.
        if name in definitions and definitions[name][-1].func in _fixtures:
            _want(name, metafunc.module.__name__, wanted)
    # Tests with an equal parameter are run one after the other, and share what is made for it.
    metafunc.parametrize("standing", [tuple(wanted.items())], ids=[pytest.HIDDEN_PARAM], indirect=True, scope="module")


def _want(name: str, module: str, wanted: dict[str, Callable]) -> None:
    """Adds a layer and, before it, those that it rests on."""
    build = _builder(name, module)
    if build and name not in wanted:
        for needed in inspect.signature(build).parameters:
            _want(needed, module, wanted)
        wanted[name] = build


def _builder(name: str, module: str) -> Callable | None:
    """Found where pytest finds the fixture of this name."""
    found = _builders.get((module, name))
    while not found and "." in module:
        module = module.rpartition(".")[0]
        found = _builders.get((f"{module}.conftest", name))
    return found


@pytest.fixture(scope="module")
def standing(request, django_db_setup, django_db_blocker) -> Iterator[dict]:
    made = {}
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
    try:
        with django_db_blocker.unblock(), translation.override(settings.LANGUAGE_CODE):
            for name, build in request.param:
                made[name] = build(*(made[needed] for needed in inspect.signature(build).parameters))
        yield made
    finally:
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture
def layers(standing, db) -> dict:
    """{name: what its builder returned}, copied for one test."""
    return deepcopy(standing)
