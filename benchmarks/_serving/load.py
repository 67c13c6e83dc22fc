"""Load from wrk: bounded, on loopback only, on a core of its own where there are two."""

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from .servers import on_core

CONNECTIONS = 16
CODING = "gzip"  # the one that nginx, Django's middleware and we all have
CHECK = Path(__file__).with_name("compare_bodies.lua")
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


class Load(NamedTuple):
    per_second: float
    p50: float  # milliseconds
    p99: float


def put_load(address: str, seconds: int) -> Load:
    """What wrk measured. Raises RuntimeError for any answer but 2xx and 3xx, and for connections that broke."""
    told = _wrk(address, seconds, "--latency")
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"Not every answer was right:\n{told}")
    (rate,) = re.findall(r"Requests/sec:\s+([\d.]+)", told)
    return Load(float(rate), _percentile(told, "50%"), _percentile(told, "99%"))


def count_wrong(address: str, seconds: int, expected: Path, coding: str = CODING) -> tuple[int, int]:
    """(answers, those that were not exactly the bytes in the file `expected`), under the same load.

    Comparing costs the generator time, so these rounds are not the ones that are timed.
    """
    told = _wrk(address, seconds, "-s", str(CHECK), coding=coding, EXPECTED=str(expected))
    ((answers, wrong),) = re.findall(r"compared (\d+) wrong (\d+)", told)
    return int(answers), int(wrong)


def _wrk(address: str, seconds: int, *options: str, coding: str = CODING, **environment: str) -> str:
    command = [
        *on_core(1), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", f"Accept-Encoding: {coding}", *options,
        address,
    ]  # fmt: skip
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, timeout=seconds + 30)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


def _percentile(told: str, name: str) -> float:
    ((value, unit),) = re.findall(rf"^\s+{name}\s+([\d.]+)(us|ms|s)$", told, re.MULTILINE)
    return float(value) * _UNITS[unit]
