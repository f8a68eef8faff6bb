"""Which double-byte encoding turns bytes into Japanese, Korean or Chinese that someone would write."""

_CANDIDATES = ("cp932", "euc_jp", "gb18030", "cp950", "cp949")
# The hundred-odd characters that make up half of any Chinese text, in both ways of writing.
_COMMON = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後"
    "作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從"
    "想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并物手应應战戰向头頭"
    "文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲提立及比员員"
    "解水名真论論处處走义義各入几幾口认認条條平系气氣题題活尔爾更别別打女变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接"
    "必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治展马馬科司五基眼书書非则則听聽白却卻界达達光放强強即像难難"
    "权權思王象完设設式色路记記南品住告类類求据據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今切院让讓识識"
)
_WANTED = 0.25


def best_east_asian(sample: bytes) -> str:
    """The encoding under which the most of `sample` is plausible East Asian writing, or empty."""
    best, best_share = "", _WANTED
    for encoding in _CANDIDATES:
        share = _plausible(_decoded(sample, encoding))
        if share > best_share:
            best, best_share = encoding, share
    return best


def _decoded(sample: bytes, encoding: str) -> str:
    """The text, a last character that is cut through left out; empty when the bytes do not fit."""
    for cut in range(4):
        try:
            return sample[: len(sample) - cut].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 4:
                return ""
    return ""


def _plausible(text: str) -> float:
    """The share (0..1) of the characters beside ASCII that are kana, Hangul among Hangul, or common ideographs."""
    kana = hangul = han = common = other = 0
    for character in text:
        if character <= "\x7f":
            continue
        if "\u3041" <= character <= "\u30fe":
            kana += 1
        elif "\uac00" <= character <= "\ud7a3":
            hangul += 1
        elif "\u4e00" <= character <= "\u9fff":
            han += 1
            common += character in _COMMON
        elif character not in "，。、；：？！「」『』（）《》“”‘’・…—　〜～":
            other += 1
    whole = kana + hangul + han + other
    if not whole:
        return 0.0
    # Korean hardly mixes in ideographs, and no language writes kana and Hangul together.
    if hangul > kana:
        return (hangul - han - kana) / whole
    # Kana rarely come about by chance, each alone counts; ideographs do, only the common ones tell.
    return (kana + han * (kana > han * 0.2) + common * (kana <= han * 0.2)) / whole
