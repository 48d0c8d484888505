"""
The order of the steps, which nothing else knows.

    feeds.yaml ─ fetch ─ extract ─ store ─ select ─ research ─ draft ─ verify ─ content/
                 network   pure    disk     pure    network    model   pure     disk
    content/ ─ render ─ publish ─ site, mail
      disk      pure      disk

    fetch.py    fetch → extract → store, a feed at a time
    texts.py    store → extract → store: the texts of entries that somebody wants
    draft.py    store → select → research → draft → verify → content/, an issue at a time
    render.py   content/ → render → publish

Steps take and return values and don't import each other; here their effects are brought
together: the door to the network, the store and the clock come in as arguments.
"""
