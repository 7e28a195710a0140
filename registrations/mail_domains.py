"""Finding the slip of a finger in a mail domain, so that the letter arrives."""

from difflib import get_close_matches

# Large mail services in the countries around Brussels, and the institutions whose people come to the events.
_SERVICES = (
    "gmail.com googlemail.com mail.com email.com ymail.com me.com msn.com outlook.com outlook.fr outlook.be "
    "outlook.de outlook.es outlook.it hotmail.de hotmail.es hotmail.it hotmail.nl hotmail.com hotmail.fr "
    "hotmail.be live.com live.fr live.be live.nl icloud.com yahoo.com yahoo.fr yahoo.de proton.me protonmail.com "
    "gmx.de gmx.net gmx.at web.de t-online.de freenet.de posteo.de mailbox.org orange.fr wanadoo.fr free.fr "
    "sfr.fr laposte.net bbox.fr skynet.be telenet.be proximus.be scarlet.be voo.be ziggo.nl kpnmail.nl xs4all.nl "
    "ec.europa.eu europarl.europa.eu consilium.europa.eu cor.europa.eu eesc.europa.eu ext.ec.europa.eu"
)
KNOWN = _SERVICES.split()
CLOSE = 0.86


def suggestion(email: str) -> str | None:
    """The address that was probably meant, “ana@gmail.com” for “ana@gmial.com”; None where nothing is odd."""
    local, _at, domain = email.strip().rpartition("@")
    domain = domain.lower()
    if not local or domain in KNOWN:
        return None
    close = get_close_matches(domain, KNOWN, n=1, cutoff=CLOSE)
    return f"{local}@{close[0]}" if close else None
