"""Processes that read what strangers sent end quietly."""

from __future__ import annotations

import multiprocessing

import pytest

from digest.pipeline.workers import _serve


def test_nobody_is_left_to_be_told(capfd: pytest.CaptureFixture[str]) -> None:
    """Who started it was killed before it was ready: it ends, and says nothing of it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, 500), daemon=True)
    process.start()
    ours.close()
    theirs.close()
    process.join(60)
    assert process.exitcode == 0
    assert capfd.readouterr().err == ""
