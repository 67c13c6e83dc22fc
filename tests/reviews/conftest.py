"""The people who review one article, at a time that stands still."""

import pytest


@pytest.fixture
def desk(workplace):
    return workplace
