"""The whole small site and its newsletters, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest

from digest.render import messages, pages
from tests.publish.folders import write_mail, write_site
from tests.render.small_site import CONFIG, GOLDEN, PUBLICATION, files

HINT = "If this was meant: python -m tests.render.small_site, and read the difference."


@pytest.mark.parametrize("what", ["site", "mail"])
def test_every_file_is_as_before(what: str, env: jinja2.Environment, tmp_path: Path) -> None:
    """No file is more, none less, and each has the bytes that were read and found good."""
    if what == "site":
        write_site(pages(PUBLICATION, CONFIG, env), tmp_path / what)
    else:
        write_mail(messages(PUBLICATION, CONFIG, env), tmp_path / what)
    expected, found = files(GOLDEN / what), files(tmp_path / what)
    assert expected, f"no golden files. {HINT}"
    assert sorted(found) == sorted(expected), HINT
    for path, body in expected.items():
        assert found[path].decode() == body.decode(), f"{path}. {HINT}"


def test_hash_seed_and_time_zone_change_nothing() -> None:
    """Another process, hash seed and clock zone render the same bytes."""
    program = (
        "import hashlib\n"
        "from digest.render import environment, messages, pages\n"
        "from tests.render.small_site import CONFIG, PUBLICATION\n"
        "env = environment()\n"
        "made = [(p.path, p.body) for p in pages(PUBLICATION, CONFIG, env)]\n"
        "made += [(m.name, m.html, m.text) for m in messages(PUBLICATION, CONFIG, env)]\n"
        "print(hashlib.sha256(repr(made).encode()).hexdigest())\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            cwd=GOLDEN.parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("77", "Pacific/Auckland"))
    }
    assert len(seen) == 1
