"""What a worker takes from the machine, and gives back."""

import subprocess
import sys

import pytest

# What a worker does in small: large bodies come and go, and between them stays something small.
PAGES = """
import resource, sys
from pathlib import Path
if "--give-back" in sys.argv:
    from immuno_site.heap import give_memory_back
    give_memory_back()
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
before, kept, bodies = resident(), [], []
for _page in range(2_000):
    bodies.append(b"x" * 40_000)
    kept.append(b"y" * 600)
del bodies
print((resident() - before) // 1_000_000)
"""


def megabytes_left(*options: str) -> int:
    """What a process holds of 80 MB of bodies after they went."""
    done = subprocess.run([sys.executable, "-c", PAGES, *options], check=True, capture_output=True, text=True)
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems have other heaps.")
def test_bodies_that_went_leave_no_holes():
    left, without = megabytes_left("--give-back"), megabytes_left()
    assert left < 10 < 60 < without
