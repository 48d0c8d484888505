"""
Who gets the newsletter: a CSV file, or what a program of feeds.yaml prints.

Touches the disk, and runs that program. No address is ever told to anybody: a line that is
wrong is named by its number.
"""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import PublishError
from ..settings import Newsletter
from .message import is_address

COLUMNS = frozenset({"email", "e-mail", "email address", "email_address", "mail"})
COMMAND_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True)
class Recipients:
    addresses: tuple[str, ...]
    """Each once, in the order of the list."""
    wrong: tuple[int, ...] = ()
    """Numbers of the lines, from 1, that hold no address."""
    doubled: int = 0
    """Lines that name somebody a second time."""


def read_recipients(settings: Newsletter, folder: Path) -> Recipients:
    """
    Read the list.

    Args:
        settings: Names the file or the program.
        folder: The site's: names are relative to it, the program runs in it.

    Raises:
        PublishError: There is no list, or the program fails.
    """
    if settings.list_command:
        return parse_recipients(_output(settings.list_command, folder))
    path = folder / settings.list
    try:
        return parse_recipients(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as exc:
        raise PublishError(
            str(path), f"cannot be read ({exc}); expected a CSV with a column `email`"
        ) from exc


def parse_recipients(text: str) -> Recipients:
    """A CSV whose head names a column `email`, or one address a line without any head."""
    found: dict[str, str] = {}
    wrong, doubled = [], 0
    for number, address in _cells(text):
        if not is_address(address):
            wrong.append(number)
        elif address.lower() in found:
            doubled += 1
        else:
            found[address.lower()] = address
    return Recipients(tuple(found.values()), tuple(wrong), doubled)


def _cells(text: str) -> Iterator[tuple[int, str]]:
    """Number of the line and what it has in the column of addresses; empty lines left out."""
    reader = csv.reader(text.splitlines())
    column, is_first = 0, True
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#"):
            continue
        names = [cell.lower() for cell in cells]
        if is_first and COLUMNS & set(names):
            column = next(i for i, name in enumerate(names) if name in COLUMNS)
        else:
            yield reader.line_num, cells[column] if column < len(cells) else ""
        is_first = False


def _output(command: tuple[str, ...], folder: Path) -> str:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            check=True,
            timeout=COMMAND_TIMEOUT_S,
            stdin=subprocess.DEVNULL,
        )
        return done.stdout.decode("utf-8-sig")
    except subprocess.CalledProcessError as exc:
        raise PublishError(command[0], f"ended with status {exc.returncode}, expected 0") from exc
    except subprocess.TimeoutExpired as exc:
        raise PublishError(command[0], f"did not end within {COMMAND_TIMEOUT_S} s") from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise PublishError(command[0], f"gave no list of recipients: {exc}") from exc
