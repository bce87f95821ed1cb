"""Patterns of words that introduce or define a name: "what is a looper", "this is called a looper", "loopers are".

NAMING is the narrowest: a name must follow. BEFORE and AFTER also match other statements about something.
"""

import re
from collections.abc import Iterable

BEFORE = (
    r"(?:called|named|idea of|notion of|concept of|term|about|what(?:'s| is| are)|means|known as|is|are)\s+"
    r"(?:the |a |an |this |these |your )?"
)
NAMING = (
    r"(?:\bcall(?:s|ed)?(?: (?:it|this|that|them|these))?|known as|named|"
    r"\b(?:idea|notion|concept|term|method|technique|practice|theory|principle) (?:of|called)|"
    r"\bwhat(?:'s|’s| is| are))\s+(?:the |a |an |your |this )?"
)
AFTER = r"(?:,? which (?:is|are)\b|,? that is\b|\s+(?:is|are|means|refers|stands for)\b)"


def pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches where one of the names is defined, or where somebody asks what it is."""
    said = "|".join(r"\s+".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"{BEFORE}(?:{said})s?\b|\b(?:{said})s?{AFTER}", re.IGNORECASE)
