"""Bodies are unpacked in steps, one coding deep, and counted on both sides."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from functools import partial

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import FetchError
from digest.fetch.decode import STEP, Body

TEXT = b"<feed>" + b"The tide was high at Sandgate. " * 9_000 + b"</feed>"


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate (bare)": bare,
    "br": brotli.compress,
    "identity": bytes,
    "": bytes,
    "UTF-8": bytes,
}


BOMBERS = {"br": partial(brotli.compress, quality=1)}
"""Its best takes seconds."""


def unpack(coding: str, data: bytes, *, max_bytes: int = 10_000_000, step: int = 1_000) -> bytes:
    body = Body(coding.removesuffix(" (bare)"), max_bytes)
    for start in range(0, len(data), step):
        body.add(data[start : start + step])
    return body.whole()


@pytest.mark.parametrize("coding", PACKERS)
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_what_was_packed_comes_out(coding, step):
    """Every coding gives the same bytes back, in whatever portions it arrives."""
    assert unpack(coding, PACKERS[coding](TEXT), step=step) == TEXT


@given(data=st.binary(max_size=3_000), coding=st.sampled_from(sorted(PACKERS)))
def test_any_bytes_come_out(data, coding):
    """Also none, and those that look like a packed stream."""
    assert unpack(coding, PACKERS[coding](data), step=11) == data


@pytest.mark.parametrize("size", [STEP - 1, STEP, STEP + 1, 2 * STEP, 4 * STEP + 100])
@pytest.mark.parametrize("coding", PACKERS)
def test_no_byte_is_left_in_a_step(coding, size):
    """A body that fills its steps exactly, or ends in one long repetition, is whole."""
    data = b"\0" * size
    assert unpack(coding, PACKERS[coding](data)) == data


def test_members_of_gzip_follow_each_other_and_padding_ends_them():
    """Concatenated members are one body; what is no member any more is ignored."""
    packed = gzip.compress(b"first ") + gzip.compress(b"second") + b"\0" * 600 + b"\x1f\x8bjunk"
    for step in (1, 2, 600, 10_000):
        assert unpack("gzip", packed, step=step) == b"first second"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "deflate (bare)", "br"])
def test_a_bomb_costs_nothing(coding):
    """20 MB in a few bytes are refused after `max_bytes`, with no more memory than that."""
    bomb = BOMBERS.get(coding, PACKERS[coding])(b"\0" * 20_000_000)
    tracemalloc.start()
    with pytest.raises(FetchError, match="larger than 1,000,000 bytes"):
        unpack(coding, bomb, max_bytes=1_000_000, step=len(bomb))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


def test_what_arrives_is_counted_too():
    """Members that hold nothing could go on for ever."""
    with pytest.raises(FetchError, match="larger than 10,000 bytes"):
        unpack("gzip", gzip.compress(b"") * 1_000, max_bytes=10_000)


def test_plain_bytes_are_counted():
    """The last byte that fits passes, the next one does not."""
    assert len(unpack("", b"x" * 5_000, max_bytes=5_000)) == 5_000
    with pytest.raises(FetchError, match="larger"):
        unpack("", b"x" * 5_001, max_bytes=5_000)


@pytest.mark.parametrize("coding", ["gzip, gzip", "gzip,br", "br, identity, gzip"])
def test_a_stack_is_refused(coding):
    """Each coding multiplies what a few bytes become: there is one at most."""
    with pytest.raises(FetchError, match="packed more than once"):
        Body(coding, 1_000)


@pytest.mark.parametrize("coding", ["zstd", "compress", "x" * 10_000, "gzip;q=1"])
def test_an_unknown_coding_is_named(coding):
    """The message says what came and what was expected, at a length a person reads."""
    with pytest.raises(FetchError, match="expected one of gzip, deflate, br") as caught:
        Body(coding, 1_000)
    assert len(caught.value.message) < 200


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_bytes_that_are_not_packed_so_are_an_error(coding):
    """A lie about the coding is a value with words, no exception of a library."""
    with pytest.raises(FetchError, match=f"not the {coding} it says|ends early"):
        unpack(coding, b"<feed>nothing is packed here</feed>" * 10)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "deflate (bare)", "br"])
def test_a_stream_that_ends_early_is_an_error(coding):
    """Half a body is not published as a whole one."""
    packed = PACKERS[coding](TEXT)
    with pytest.raises(FetchError, match="ends early"):
        unpack(coding, packed[: len(packed) // 2])
