"""Two whole sites and their newsletters, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest

from digest.render import messages, pages
from tests.publish.folders import write_mail, write_site
from tests.render import rich_site, small_site
from tests.render.small_site import GOLDEN, files

SITES = {"small_site": (small_site, GOLDEN), "rich_site": (rich_site, rich_site.RICH_GOLDEN)}


@pytest.mark.parametrize("what", ["site", "mail"])
@pytest.mark.parametrize("name", SITES)
def test_every_file_is_as_before(
    name: str, what: str, env: jinja2.Environment, tmp_path: Path
) -> None:
    """No file is more, none less, and each has the bytes that were read and found good."""
    hint = f"If this was meant: python -m tests.render.{name}, and read the difference."
    module, golden = SITES[name]
    if what == "site":
        write_site(pages(module.PUBLICATION, module.CONFIG, env), tmp_path / what)
    else:
        write_mail(messages(module.PUBLICATION, module.CONFIG, env), tmp_path / what)
    expected, found = files(golden / what), files(tmp_path / what)
    assert expected, f"no golden files. {hint}"
    assert sorted(found) == sorted(expected), hint
    for path, body in expected.items():
        assert found[path].decode() == body.decode(), f"{path}. {hint}"


def test_hash_seed_and_time_zone_change_nothing() -> None:
    """Another process, hash seed and clock zone render the same bytes."""
    program = (
        "import hashlib\n"
        "from digest.render import environment, messages, pages\n"
        "from tests.render.rich_site import CONFIG, PUBLICATION\n"
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
