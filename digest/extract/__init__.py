"""
What was fetched, made readable: feeds into entries, pages and posts into documents.

Pure. Bytes and strings in, values out; nothing here opens an address or a file.

    feed.py       bytes of a feed -> entries; xml_feed.py and json_feed.py read the formats
    post.py       an entry's own text -> document; posts.py: many of one feed
    article.py    bytes of a page -> document; page.py reads its head, walls.py knows walls
    choosing.py   which of a page's candidates is its article, and why
    candidates.py the texts that a page may be about; matching.py and asides.py trim them
    pdf.py        bytes of a PDF -> lines; typeset.py: lines -> parts (the extra `pdf`)
    transcript.py what was said in an episode -> parts; video.py: what stands under it
    markdown.py   document -> Markdown
    clean.py      HTML of strangers -> HTML on a short allow-list
    reading.py    cleaned HTML -> text, blocks, links
    speakers.py   who is quoted in a block quotation
    furniture.py  what a feed repeats in every entry
    pointing.py   which page a link post is about

Everything passes `clean_html` first and is read by `reading.read` after it, so that what a
claim rests on and what may be shown are made from the same markup.
"""
