"""The words by which clipping debris is known, folded, in English and the commonest words of some other languages.

Every pattern is held against a whole line. Words that a text may well use for itself ("Further reading", "See also",
a lone "Source" under a table) are not here.
"""

import re
from enum import Enum, auto
from functools import cache

from reader.text.variants import fold


class Cue(Enum):
    """What a line's words say; whether it is debris is for its surroundings to tell."""

    OPENER = auto()  # "Read more", "You may also like": headlines may follow
    OPENER_WORD = auto()  # "Recommended", which may be a title of the text's own
    HEADLINE = auto()  # "Read more: Rain at last"
    SUBSCRIBE = auto()
    SHARE = auto()  # "Share this article"
    SHARE_PART = auto()  # "Facebook", which is a share bar only among others
    NOTICE = auto()  # "Story continues below advertisement"
    NOTICE_WORD = auto()  # "Advertisement", which old books call their preface
    SOURCE = auto()


_OPENERS = """
recommended for you|recommended (?:stories|articles|videos|posts)|recommended by (?:us|our editors|outbrain)
read (?:more|also|next|this next)|also read|(?:you )?(?:may|might) also (?:like|be interested in|enjoy)
you (?:may|might) like|(?:what|more) to read(?: next)?
related (?:articles?|stories|story|posts?|news|coverage|content|links)
more (?:on|from) this (?:story|topic|section|author|subject)|more stories(?: like this)?
more from (?:the web|our partners)
(?:from )?around the (?:web|internet)|from our partners|sponsored (?:content|stories|links)
promoted (?:content|stories)
most (?:read|popular|viewed|shared)(?: stories| articles)?|trending (?:now|stories|articles|topics)
popular (?:posts|now)
editors?'?s?'? picks?|don't miss(?: this)?
lesen sie auch|lies auch|auch interessant|mehr zum thema
das konnte (?:sie|dich|ihnen)(?: auch)? (?:interessieren|gefallen)
weitere artikel|meistgelesen|(?:a )?lire aussi|a lire (?:egalement|ensuite)|sur le meme (?:sujet|theme)
vous (?:aimerez|pourriez aimer)(?: aussi)?|articles (?:similaires|connexes)|les plus lus
le[ae] (?:tambien|mas)|(?:tambien )?(?:te|le) puede interesar|te puede gustar|(?:noticias|articulos) relacionad[oa]s
lo mas leido
بیشتر بخوانید|همچنین بخوانید|(?:مطالب|اخبار|مقالات) مرتبط|(?:مطالب|اخبار) پیشنهادی|پیشنهاد سردبیر|پربازدیدترین
اقرا ایضا|اقرا المزید|(?:مواضیع|مقالات|اخبار) ذات صلة|قد یعجبك ایضا|الاكثر قراءة
"""
_OPENER_WORDS = """
recommended|related|trending|sponsored|promoted|popular|empfohlen|empfehlungen|recommande|recommandes|recomendado
recomendados
"""
_HEADLINES = """
(?:read (?:more|also|next)|also read|must read|related (?:article|story|post|news|coverage)|lesen sie auch|lies auch
mehr zum thema|(?:a )?lire aussi|a lire aussi|le[ae] tambien|te puede interesar
بیشتر بخوانید|همچنین بخوانید|(?:مطلب|خبر) مرتبط|اقرا ایضا) ?[:|»›>-] ?[^ ].*
recommended ?[:|»›>-] ?(?:join|subscribe|sign up|become|get|read|watch|listen)\\b.*
"""
_NETWORKS = (
    "facebook|twitter|x|linkedin|whatsapp|telegram|reddit|pinterest|instagram|messenger|flipboard|tumblr|bluesky|mastodon"
    "|threads"
)
_LETTERS = r"newsletters?|e-?mails?|updates?|mailing list|inbox|alerts?|briefing|digest|bulletin|notifications"
_SUBSCRIBE = rf"""
(?:please )?join the (?:conversation|discussion|debate)(?: (?:as|with|on|in|at|by|and) [^,.;]{{1,50}})?
(?:please )?join (?:our|the) .*\b(?:newsletters?|mailing list|telegram|whatsapp)\b.{{0,50}}
join us on (?:{_NETWORKS})\b.*
join [\d,.]+k?\+? (?:other )?(?:subscribers|readers|others|members)\b.*
(?:please )?subscribe(?: (?:now|today|here|free|for free|below|to read more|to continue(?: reading)?))?
(?:please )?subscribe (?:now |today |here )?(?:to|for) .*\b(?:{_LETTERS}|our channel|podcast|full access|never miss)\b.*
(?:please )?sign up(?: (?:now|today|here|below|free|for free))?
(?:please )?sign up (?:now |today |here |free )?(?:for|to) .*\b(?:{_LETTERS})\b.*
(?:sign|log) in (?:or (?:register|subscribe|sign up|join) )?to (?:comment|read more|continue|reply)\b.*
already (?:a subscriber|a member|subscribed|have an account)\?.*
become an? (?:\w+ ){{0,3}}(?:member|subscriber|patron|supporter)(?: (?:today|now|here|to (?:read|get|support))\b.*)?
donate(?: (?:now|today|here|online|monthly))?|(?:please )?(?:make|consider making) a (?:\w+ )?donation\b.*
(?:please )?(?:consider )?support(?:ing)? (?:our|independent|quality) (?:work|journalism|reporting|newsroom)\b.*
follow us on (?:{_NETWORKS}|google news|youtube|tiktok)\b.*
follow @?[\w' ]{{1,30}} on (?:facebook|twitter|instagram|linkedin|youtube)|like us on facebook\b.*
get (?:the|our) [\w' ]{{0,30}}newsletters?\b.*|get .*\b(?:in|to|into) your inbox\b.*
download our (?:free )?(?:\w+ )?app|buy (?:me|us) a coffee
click here to (?:subscribe|sign up|join|donate|support us)\b.*|newsletter sign-?up|never miss (?:a story|an update)
(?:jetzt )?(?:newsletter )?abonnieren|(?:unseren |den )?newsletter (?:bestellen|abonnieren)
jetzt (?:anmelden|spenden|mitglied werden)
melden sie sich (?:jetzt )?(?:fur|zu) .{{0,40}}newsletter.*|abonnieren sie .{{0,40}}newsletter.*
abonnez-vous(?: (?:a|maintenant|des|pour)\b.*)?|inscrivez-vous a .{{0,30}}newsletter.*|faites un don|soutenez-nous
suscri(?:bete|base)(?: (?:a|ya|ahora|para)\b.*)?|unete a (?:nuestr[oa]|la conversacion)\b.*|registrate gratis
در (?:خبرنامه|کانال|تلگرام) .{{0,40}}(?:عضو شوید|بپیوندید).{{0,20}}|به کانال .{{0,40}}بپیوندید
عضو (?:خبرنامه|کانال) .{{0,30}}شوید|(?:ما را در|ما را) .{{0,40}}دنبال کنید
اشترك (?:الآن|الان|معنا|في (?:نشرتنا|النشرة|قناتنا).{{0,50}})|انضم (?:الى|إلى) (?:قناتنا|نشرتنا).{{0,50}}
تابعونا على .{{1,40}}|تابعنا على .{{1,40}}
"""
_SHARES = rf"""
share (?:this|the) (?:article|story|post|page|video|item|news)(?: (?:on|via|with|by) .{{1,30}})?|share this
share (?:on|via|to) (?:{_NETWORKS}|e-?mail)
tweet this|share with (?:friends|your friends)|click to share on .{{1,40}}
(?:artikel|beitrag|auf facebook|auf twitter) teilen|partager (?:sur (?:{_NETWORKS})|cet article)
compartir (?:en (?:{_NETWORKS})|este articulo|esta noticia)
اشتراک ?گذاری(?: در .{{1,20}})?|به اشتراک بگذارید|(?:این|مطلب|خبر) .{{0,15}}به اشتراک بگذارید
شارك (?:المقال|الخبر|هذا المقال|على .{{1,20}})|مشاركة (?:المقال|الخبر)
"""
_SHARE_VERBS = "share|tweet|pin it|pin|copy link|copy url|teilen|partager|compartir|اشتراک|مشاركة|شارك"
_SHARE_PART = rf"(?:{_SHARE_VERBS}|e-?mail|mail|print|save|sms|link|{_NETWORKS})"
_NOTICES = """
(?:story|article|content) continues (?:below|after)(?: (?:this |the )?(?:ad|advert|advertisement|advertisment))?
(?:continue reading|scroll (?:down )?to continue)(?: (?:below|after the ad(?:vert(?:isement)?)?|with content|reading))?
(?:skip|close|hide|report|remove) (?:this )?(?:ad|ads|advertisement)|advertisement ?[:-] ?[^ ].*
leave a (?:comment|reply)|comments are (?:closed|off)|\\d+ comments|jump to comments|back to top
nach der werbung weiterlesen|la suite apres (?:cette|la) publicite|continua despues de la publicidad
"""
_NOTICE_WORDS = "advertisement|advertisements|anzeige|werbung|publicite|publicidad|إعلان|اعلان|آگهی|تبلیغات"
_SOURCES = "source|via|originally published (?:at|on|in|by)|quelle|fuente|fonte|bron|منبع|المصدر"

_FRAME = " \t\n\xa0•·*-–—:»«›>→←…|▶►▼↓↑✉#"
SOURCE_LINE = re.compile(rf"(?:{_SOURCES})\s*(»|›|>|→|:|：|–|—|-)\s*(\S.{{0,99}})", re.I | re.S)


def _table(written: str, *marks: str) -> "re.Pattern[str]":
    folded = fold(written.strip()).replace("\n", "|")
    return re.compile(f"(?:{folded}){''.join(marks)}", re.S)


@cache
def _tables() -> tuple[tuple[Cue, "re.Pattern[str]"], ...]:
    return (
        (Cue.SUBSCRIBE, _table(_SUBSCRIBE, "[!.]*")),
        (Cue.OPENER_WORD, _table(_OPENER_WORDS)),
        (Cue.OPENER, _table(_OPENERS)),
        (Cue.HEADLINE, _table(_HEADLINES)),
        (Cue.SHARE, _table(_SHARES)),
        (Cue.SHARE, re.compile(rf"(?=.*\b(?:{_SHARE_VERBS})\b){_SHARE_PART}(?:[\s|,·•/&]+{_SHARE_PART}){{2,}}")),
        (Cue.SHARE_PART, re.compile(_SHARE_PART)),
        (Cue.NOTICE, _table(_NOTICES, "[.]*")),
        (Cue.NOTICE_WORD, _table(_NOTICE_WORDS)),
    )


_FIRST_WORD = re.compile(r"[\W_]*([^\W_]+)")
_FIRST_WORDS = frozenset(
    f"""recommended read also you may might what more related from around sponsored promoted most trending popular
    editor editors don must lesen lies auch mehr das weitere meistgelesen a lire sur vous articles les lea lee
    tambien te le noticias articulos lo empfohlen empfehlungen recommande recommandes recomendado recomendados
    please join subscribe sign log already become donate make consider support supporting follow like get download buy
    click newsletter
    never jetzt unseren den melden abonnieren abonnez inscrivez faites soutenez suscribete suscriba suscribase unete
    registrate share tweet artikel beitrag partager compartir pin copy e mail email print save sms link story article
    content continue scroll skip close hide report remove advertisement advertisements leave comments no jump back nach
    la continua anzeige werbung publicite publicidad teilen source via originally quelle fuente fonte bron
    {_NETWORKS.replace("|", " ")}
    بیشتر همچنین مطالب اخبار مقالات پیشنهاد پربازدیدترین مطلب خبر در به عضو ما اشتراک این آگهی تبلیغات منبع
    اقرا مواضیع قد الاكثر اشترك انضم تابعونا تابعنا شارك مشاركة إعلان المصدر""".split()
)


@cache
def _firsts() -> frozenset[str]:
    return frozenset(map(fold, _FIRST_WORDS))


def cue_of(line: str) -> Cue | None:
    """What the words of a line, not longer than a few sentences, say of it; None for any other line."""
    first = _FIRST_WORD.match(line)
    if first is None or (fold(first[1]) not in _firsts() and not first[1].isdecimal()):
        return None
    if SOURCE_LINE.fullmatch(line.strip()):
        return Cue.SOURCE
    said = " ".join(fold(line.strip(_FRAME)).split())
    return next((cue for cue, pattern in _tables() if pattern.fullmatch(said)), None)
