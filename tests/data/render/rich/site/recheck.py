"""
Check an issue's evidence.json again, with nothing but Python's standard library.

    python recheck.py evidence.json [digest.db]

From evidence.json alone: ids are the beginnings of hashes, each claim names notes and
documents that exist, each quote is as long as its place. Files that lie beside it (issue.md,
features, round-ups.md) must have the hash under which they were proved. With the store,
each document must have its hash, and each quote must stand in it where it is said to.
"""

import hashlib
import json
import re
import sqlite3
import sys
import unicodedata
import zlib
from pathlib import Path


def plain(text):
    """One form for comparing a line with a document: cells, controls and blanks alike."""
    kept = (c for c in text.replace("|", " ") if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(kept).split())


def stands(quote, text):
    """Whether the parts of a quote follow each other in a text."""
    at, text = 0, plain(text)
    for part in quote.split("[…]"):
        at = text.find(plain(part), at)
        if at < 0:
            return False
        at += len(plain(part))
    return True


def file_hash(text):
    """Of a content file without its line `status:` and its list `corrections:`."""
    head, end, body = text.partition("\n---\n")
    if text.startswith("---\n"):
        block = r"(?m)^corrections[ \t]*:.*\n(?:(?:[ \t]*\n)*+[ \t-].*\n)*+"
        head = re.sub(r"(?m)^status:.*\n?", "", re.sub(block, "", head + "\n")[:-1])
    return hashlib.sha256((head + end + body).encode()).hexdigest()


def check(path, store=None):
    """Yield a line for everything that is wrong."""
    data = json.loads(path.read_text("utf-8"))
    documents = {one["id"]: one["sha256"] for one in data.get("documents", [])}
    notes = {(one["file"], one["label"]): one for one in data.get("notes", [])}
    places = list(notes.values())
    for claim in data.get("claims", []):
        for rest in claim["rests"]:
            if not isinstance(rest, str):
                places.append(rest | {"quote": rest.get("text", ""), "file": claim["file"]})
            elif (claim["file"], rest) not in notes and claim["kind"] != "edited":
                yield f"{claim['file']}: no note {rest} for: {claim['text']}"
    for id_, sha256 in documents.items():
        if not sha256.startswith(id_):
            yield f"document {id_}: its id is not the beginning of its hash"
    for name, hashes in data.get("files", {}).items():
        file = path.with_name(name)
        if file.exists() and file_hash(file.read_text("utf-8")) != hashes["verified"]:
            yield f"{name}: has changed since it was proved"
    texts = {}
    if store and not Path(store).is_file():
        yield f"{store}: there is no such file"
        store = None
    for id_ in documents if store else ():
        query = "SELECT text FROM documents WHERE id = ?"
        row = sqlite3.connect(store).execute(query, (id_,)).fetchone()
        texts[id_] = zlib.decompress(row[0]).decode() if row else ""
        if hashlib.sha256(texts[id_].encode()).hexdigest() != documents[id_]:
            yield f"document {id_}: the store does not have the text of this hash"
    for place in places:
        quote, start, end = place["quote"], place["start"], place["end"]
        where = f"{place['file']}: “{quote[:60]}”"
        if place["document"] not in documents:
            yield f"{where}: its document {place['document']} is not listed"
        elif quote and "[…]" not in quote and len(quote) != end - start:
            yield f"{where}: is not as long as its place"
        elif texts:
            text = texts[place["document"]]
            around = place.get("before", "") + text[start:end] + place.get("after", "")
            if not stands(quote, text[start:end]) or around not in text:
                yield f"{where}: does not stand in its document at {start}"


if __name__ == "__main__":
    problems = list(check(Path(sys.argv[1]), *sys.argv[2:3]))
    sys.stdout.write("\n".join(problems or ["Everything is where it is said to be."]) + "\n")
    sys.exit(bool(problems))
