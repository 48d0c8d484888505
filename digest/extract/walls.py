"""
Pages that keep their text behind a wall: recognised, so that it is said and not quoted.

Pure. A wall that the page does not declare is only believed of one that shows little text: long
articles mention subscriptions and cookies too. Words in seven languages and two scripts more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import count_words
from ..urls import host
from .reading import Part

SHORT_PAGE_WORDS = 250
BEHIND_WORDS = 120
"""Words from a wall to the end of a longer page: menus and requests, no text."""
_PAYWALL = re.compile(
    r"subscribe (now )?to (continue|keep|read|unlock)|(to|and) (continue|keep) reading"
    r"|already a (paid )?subscriber|(for|to) (paid|paying|premium) (subscribers|members)"
    r"|(article|story|content|post) is (only )?(for|available to|reserved for) (\w+ )?"
    r"(subscriber|member)s"
    r"|unlock (this|the full) (article|story|post)|become a (member|subscriber) to read"
    r"|you('ve| have) (reached|read) (your|all|the) .{0,30}(free|limit)"
    r"|sign (in|up) to (continue|read|keep)|log in to (continue|read)|create a free account to"
    r"|réservée? (aux|à nos) (abonné|membre)|il vous reste \d+ ?% de cet article"
    r"|abonnez-vous pour (lire|continuer|poursuivre)"
    r"|(artikel|beitrag|inhalt|text) .{0,30}(nur )?für (unsere )?abonnent"
    r"|weiterlesen mit \w*(\+|plus)"
    r"|(jetzt|um) .{0,40}weiterlesen|nur für (plus-?)?(mitglieder|abonnent)"
    r"|suscr[ií]bete (para|y) (seguir|continuar|lee)|(exclusivo|solo|sólo) para (\w+ )?suscriptores"
    r"|riservat[oa] agli (utenti )?abbonati|abbonati per (continuare|leggere)"
    r"|(exclusivo|só) para assinantes|assine para (ler|continuar)"
    r"|(alleen|exclusief) voor (\w+ )?abonnees|verder lezen\?"
    r"|(dla|tylko dla) (prenumerator|subskrybent)|только для подписчиков"
    r"|有料会員限定|订阅后(继续)?阅读",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"(we|our \d* ?partners) (value your privacy|use cookies|and our)|accept (all|cookies)"
    r"|reject all|cookie (settings|preferences|policy)|before you continue|legitimate interest"
    r"|manage (my )?(choices|preferences|cookies|options)|privacy (choices|settings)|consent"
    r"|unsere \d* ?partner|einwilligung|(alle|cookies) (akzeptieren|ablehnen|annehmen)"
    r"|ohne einwilligung|pur-abo|datenschutz(einstellungen|hinweise|erklärung)?|verwenden cookies"
    r"|nos \d* ?partenaires|tout (accepter|refuser)|continuer sans accepter|consentement"
    r"|paramétrer|respectons votre vie privée|(utilisons|utiliser) des cookies"
    r"|nuestros \d* ?socios|(aceptar|rechazar) (todo|todas|y)|utilizamos cookies"
    r"|nostri \d* ?partner|(accetta|rifiuta) (tutto|tutti|e )|utilizziamo (i )?cookie"
    r"|onze \d* ?partners|alles (accepteren|weigeren)|(aceitar|rejeitar) (tudo|todos)",
    re.IGNORECASE,
)
_CONSENT_HOSTS = re.compile(r"(^|\.)(consent|guce|cmp|privacy-mgmt)\.")
_CHALLENGE = re.compile(
    r"verify(ing)? (that )?you are (a )?human|checking your browser|are you a robot"
    r"|checking if the site connection is secure|just a moment\.\.\.|robot or human\?"
    r"|enable (javascript|js) and (cookies to continue|disable any ad ?blocker)"
    r"|confirm that you.re (a )?human|pardon our interruption|unusual traffic from your"
    r"|you don.t have permission to access .{0,300} on this server|request unsuccessful\. incapsula"
    r"|sorry, you have been blocked|attention required! \| cloudflare",
    re.IGNORECASE,
)


def wall(shown: str, read: Sequence[Part], final_url: str, *, is_free: bool) -> str:
    """
    What stands before a page's text.

    Args:
        shown: All text that the page shows, whether it belongs to the article or not.
        read: The parts that were taken for the article.
        is_free: False where the page says that only subscribers may read it.

    Returns:
        "paywall", "consent", or empty.
    """
    if _CONSENT_HOSTS.search(host(final_url)):
        return "consent"
    if not is_free:
        return "paywall"
    words = 0
    for part in read:
        words += count_words(part.text)
        if words > SHORT_PAGE_WORDS:
            return ""
    if _PAYWALL.search(shown):
        return "paywall"
    asks = {match[0].lower() for match in _CONSENT.finditer(shown)}
    own = " ".join(part.text for part in read)
    is_mostly_asking = len(_CONSENT.findall(own)) >= 2 or words < 40
    return "consent" if len(asks) >= 3 and is_mostly_asking else ""


def is_challenge(shown: str) -> bool:
    """Whether a server asks for a browser instead of giving its page."""
    return len(shown) < 1500 and _CHALLENGE.search(shown) is not None


def before_wall(read: Sequence[Part], kind: str) -> tuple[Part, ...]:
    """What may be read in front of a wall: the teaser of a paywall, nothing of a consent form."""
    if kind == "consent":
        return ()
    # A line that asks in the middle of a long text is no wall: the text goes on behind it.
    left = [0]
    for part in reversed(read):
        left.append(left[-1] + count_words(part.text))
    is_short = left[-1] <= SHORT_PAGE_WORDS
    wall_at = next(
        (
            at
            for at, part in enumerate(read)
            if kind and _PAYWALL.search(part.text) and (is_short or left[-at - 1] <= BEHIND_WORDS)
        ),
        None,
    )
    return tuple(read[:wall_at])
