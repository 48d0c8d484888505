"""
Can a sentence stand alone? The rules by which one is fit to be quoted without its context.

Pure. English is read here; another language by its table, and one without a table meets the
rules of form only.
Four answers: "alone" (fit for any place), "brief" (complete, but too short to be all that is
quoted), "follows" (fit right after the sentence that stands before it in its source, which
gives "this" and "they" their meaning), "no".
"""

from __future__ import annotations

import re
from typing import Literal

from ..text import count_words
from .abroad import begins

Standing = Literal["alone", "brief", "follows", "no"]

BRIEFEST, SHORTEST = 5, 8
"""Words of a sentence beside others, and of one on its own: below, it is mostly a label."""
LONGEST = 45
"""Words; above, nobody reads a quotation to its end."""

_TERMINAL = re.compile(r"[.!…]['\"”’)\]]*$")
_MARK_UP = re.compile(r"[`*|<>\\_]|\]\(|\[(?:own|n\d+)\]|\[\^|\$\$")
_ADDRESS = re.compile(
    r"https?:|ftp:|mailto:|\bwww\.|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\w|\S+@\S+\.\w|(?:^|\s)/\w+/",
    re.IGNORECASE,
)
# What binds a sentence to the page it stands on, or talks to that page's visitor.
_PAGE_TALK = re.compile(
    r"""\b(?:here[’']?s|here\s(?:is|are)|as\s(?:i|we)\s(?:said|wrote|mentioned|noted)|(?:mentioned|described|shown|listed|
    quoted|discussed|linked)\s(?:above|below|earlier)|(?:see|the|table|figure|chart|image|list)\s(?:above|below)|
    above\s(?:table|figure|example|image|chart)|(?:see|look)\salso|in\sthis\s(?:post|article|piece|section|video|tutorial|guide)|
    this\s(?:post|article|newsletter|page|section|video|screenshot|image|chart|figure|table)|click|subscri(?:be|bed|ber|ption)s?|
    sign\sup|log\sin|cookies?|newsletter|follow\s(?:me|us)\son|stay\stuned|read\s(?:more|on)|read\sthe\s(?:full|rest)|
    share\sthis|leave\sa\scomment|rss|all\srights\sreserved|photo(?:graph)?\sby|image\scredit|screenshot|in\sthe\scomments|
    the\sfollowing|as\sfollows|by\sthe\sway|let\s(?:me|us)|let[’']s|you\scan\ssee|i\s(?:wrote|talked|posted)\sabout|
    table\sof\scontents|continue\sreading|advertisement|sponsor(?:ed|ship)?|previously\spublished|previous\sposts?|
    (?:full|terminal|complete)\s(?:\w+\s)?transcript|my\s(?:talk|slides|notes|blog|newsletter|posts?|pull\srequest)|filed\sunder|
    posted\s(?:in|on|by)|here|you\scan\s(?:try|read|find|watch|listen|follow|download|get|check|also)|try\s(?:it|out)|live\sdemo|
    sign(?:ing)?\sin(?:to)?|join\s(?:our|us|the)|(?:interesting|more|further|full)\sdetails?|if\syou[’']d\slike|i[’']ve\s(?:shared|
    written|published|posted|put)|price\scomparison|release\snotes\sfor)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "This week" has its meaning in itself; "this method" has not.
_IS_TIME = (
    r"\s(?:week|month|year|morning|evening|afternoon|summer|winter|spring|autumn|fall|quarter|"
    r"decade|century)\b"
)
_TIME_NOUN = rf"(?!{_IS_TIME})"
_DANGLING_START = re.compile(
    rf"""["'“‘(]*(?:(?:this|that|these|those){_TIME_NOUN}|it|its|it[’']s|they|their|them|they[’'](?:re|ve|ll|d)|that[’']s|he|she|his|
    her|hers|him|he[’']s|she[’']s|such|both|neither|either|another|others?|each|ones|here|same|
    (?:(?:all|one|some|most|many|none|each|two|three|half|both|either|any|few)\sof\s(?:this|that|these|those|them|which|it|its|their))|
    and|but|so|or|nor|yet|also|however|then|still|instead|therefore|thus|hence|moreover|furthermore|additionally|meanwhile|
    otherwise|similarly|likewise|nevertheless|nonetheless|indeed|again|now|anyway|besides|consequently|accordingly|alternatively|
    conversely|specifically|overall|ultimately|first|second|third|firstly|secondly|thirdly|finally|lastly|next|afterwards?|
    later|earlier|previously|crucially|importantly|notably|interestingly|unfortunately|sadly|luckily|fortunately|of\scourse|
    for\s(?:one\sthing|example|instance|comparison|context|reference|the\smoment|now|this|that|these|those)|in\s(?:other\swords|addition|contrast|comparison|fact|short|
    particular|turn|response|return|this|that|these|those|it|both|each|such|total|all)|on\s(?:the\s(?:one|other)\shand|top\sof|this|that|these|those)|
    as\s(?:usual|ever|always|expected|further|is\s(?:often|usual|frequently)|a\sresult|a\sconsequence|such|well|you|noted|before)|by\s(?:contrast|comparison|this|that|doing|then)|
    (?:with|from|to|after|before|at|since|until|under|because\sof|despite|like|unlike|given|through|using|beyond|among|of|
    about|without|during|within|while|when|where|if|because|although|though|unless|once|whether|what|whatever|how|why)\s(?:this|that|these|those|it|they|he|she|them|
    its|their|his|her)|
    that\ssaid|rather\sthan|the\s(?:latter|former|same|other|others|second|third|fourth|next|rest|results?|idea|answer|reason|problem|
    question|point|aim|goal|catch|trick|following|above|remaining|only\sother|whole\sthing|key\sthing)|
    (?:not\s(?:only|just)\s)?(?:does|do|did|is|are|was|were|has|have|can|could|will|would|should)|
    which|who|whose|whom|yes|no|not|ok|okay|oh|well|sure|plus|maybe|perhaps|note|edit|update|p\.?s|ps|tip|disclosure|
    presumably|apparently|evidently|clearly|obviously|actually|basically|admittedly|hopefully|as\sfar\sas|
    thanks|thank\syou|see|check|look|take|try|please|remember|consider|imagine|suppose|say|send|run|use|install|add|open|join|
    paste|type|click|press|ask|tell|give|make\ssure|keep|let|put|go|start|stop|create|set|write|visit|want|being|having|
    rebuild|restart|reload|upgrade|convert|choose|replace|avoid|download|copy|get|find|read|never|don[’']t)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "Fourteen named The Court Paper", "One mixed up the files": a number of what was told before.
_COUNTED = re.compile(
    r"""["'“‘(]*(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|
    eighteen|nineteen|twenty|some|many|most|several|few|\d[\d,.]*)\s
    (?:(?:is|are|was|were|has|have|had|can|could|did|does|do|will|would|said|say|says|told|gave|went|came|came|took|made|lost|got)\b|
    \w+ed\s(?:the|an?|that|to|up|in|on|at|for|from|by|with|out|off|nobody|nothing|all|its|his|her|their|as|it|them)\b|
    (?-i:\w+ed\s[A-Z]))""",
    re.IGNORECASE | re.VERBOSE,
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|it|him|them|his|her|hers|their|its|this|these|those)\b", re.IGNORECASE
)
# "Twice that price", "all of these tricks".
POINTING = re.compile(
    rf"\b(?:twice|half|than|of|for|to|at|with|by|in|on|from)\s(?:that|this|those|these)\b{_TIME_NOUN}",
    re.IGNORECASE,
)
_POINTER = re.compile(r"(?:This|That|These|Those)(?:[’']s|\sis|\sare|\swas|\swere)\b")
_CALENDAR = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_NOUN_PHRASE = re.compile(r"\b(?:the|a|an|every|each|no)\s\w", re.IGNORECASE)
_NAME = re.compile(r"(?<!^)(?<![“\"‘'(])\b[A-Z][\w.-]*")


def standing(sentence: str, tag: str = "") -> Standing:
    """
    Say where a sentence may be quoted.

    Args:
        sentence: One sentence as its document has it, on one line.
        tag: Its language, as `abroad.tongue` gives it.
    """
    if not _is_well_formed(sentence):
        return "no"
    brief = count_words(sentence) < SHORTEST
    if brief and _POINTER.match(sentence):
        return "no"
    return "follows" if _follows(sentence, tag) else "brief" if brief else "alone"


def _follows(sentence: str, tag: str) -> bool:
    if tag:
        return begins(sentence, tag, "refers back")
    dangles = _DANGLING_START.match(sentence) or _COUNTED.match(sentence)
    return dangles is not None or _refers_back(sentence)


def _is_well_formed(sentence: str) -> bool:
    first = sentence.lstrip("\"'“‘([")[:1]
    return (
        bool(first)
        and not first.islower()
        and not sentence.startswith("(")
        and BRIEFEST <= count_words(sentence) <= LONGEST
        and _TERMINAL.search(sentence) is not None
        and _is_balanced(sentence)
        and not _MARK_UP.search(sentence)
        and not _ADDRESS.search(sentence)
        and not _PAGE_TALK.search(sentence)
    )


def _refers_back(sentence: str) -> bool:
    """A pronoun early on, with nothing before it that it could mean."""
    opening = " ".join(sentence.split()[:8])
    if POINTING.search(opening):
        return True
    pronoun = _PRONOUN.search(opening)
    if pronoun is None or re.match(_IS_TIME, opening[pronoun.end() :]):
        return False
    before = _CALENDAR.sub("", opening[: pronoun.start()])
    return _NAME.search(before) is None and _NOUN_PHRASE.search(before) is None


def _is_balanced(sentence: str) -> bool:
    """Brackets and double quotation marks are closed within it, in order."""
    pairs = {")": "(", "]": "[", "}": "{", "”": "“"}
    open_marks: list[str] = []
    for sign in sentence:
        if sign in pairs.values():
            open_marks.append(sign)
        elif sign in pairs and (not open_marks or open_marks.pop() != pairs[sign]):
            return False
    return not open_marks and sentence.count('"') % 2 == 0
