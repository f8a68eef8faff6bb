"""Texts as people and machines really write them, for the property tests."""

from hypothesis import strategies as st

SCRIPTS = (
    "The reservoir holds 40 million cubic metres. ",
    "Ÿé e\u0301 ñ ß ﬁn İI ı Ως ",
    "سلام دنيا، کتاب كتاب مى‌شود ۱۹۸۸. ",
    "שלום עולם. ",
    "東京都庁は新宿に。カタカナ ｱｲｳ ",
    "ไทยไม่มีช่องว่าง ",
    "हिन्दी में क्षत्रिय। ",
    "👩‍👩‍👧‍👦 🏳️‍🌈 😀𝒜 ",
    "co\u00adop \u200b\u200d\ufe0f \u00a0\t\u2028\u2029\x85 ",
    "\n",
    "\n\n",
)

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
raw_text = st.text(st.characters() | st.sampled_from("\r\n\0\ufeff\ud83d\ude00"), max_size=80)
mixed_text = st.lists(st.sampled_from(SCRIPTS) | st.text(max_size=6), max_size=14).map("".join)
