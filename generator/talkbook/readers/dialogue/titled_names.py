"""Names with a title and a full stop, as in records of hearings: `Mr. Babbage. Thanks`, `The Chairman. No.`"""

import re

from talkbook.readers.dialogue import assemble, colon_labels
from talkbook.readers.speech import line_matches
from talkbook.readers.speech.speech import Speech

_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Prof|Gen|Adm|Col|Rev)\.|Miss|Mister|Chair(?:man|woman|person)?|Senator|Representative|"
    r"Congress(?:man|woman)|Delegate|Secretary|Governor|Mayor|Judge|Justice|Professor|Ambassador|Director|Commissioner|"
    r"General|Admiral|Colonel|Captain|Sergeant|Sheriff|Chief|Reverend"
)
_OFFICE = r"Chair(?:man|woman|person)?|President|Speaker|Clerk|Moderator|Witness|Court"
_WORD = r"[^\W\d_a-z][\w'’-]*"
_LABEL = re.compile(
    rf"^(?P<indent>[ \t]*)(?P<name>(?:{_TITLE}) {_WORD}(?: (?:[A-Z]\.|{_WORD}|of|de|la|van|von)){{0,4}}"
    rf"|(?:The|Madam|Mr\.) (?:Acting |Vice )?(?:{_OFFICE}))\.[ \t]+(?=[^\s\d])",
    re.MULTILINE,
)
_STATEMENT = re.compile(r"^[ \t]*(?:[A-Z]+ )?(?:STATEMENT|TESTIMONY)S? OF [A-Z][A-Z .'’-]+", re.MULTILINE)


def fits(text: str) -> bool:
    """Return whether such names start more paragraphs than labels with a colon do, and at least one of them recurs."""
    heads = _heads(text)
    names = {head.label for head in heads}
    return 1 < len(names) < len(heads) and not colon_labels.fits(text, len(heads))


def read(text: str, path: str) -> Speech:
    """Return one utterance from each name to the next; the source is the text of the file.

    Titles of statements between them have no speaker.
    """
    statements = [
        assemble.Head(match.start(), match.start(), None)
        for match in line_matches.finditer(_STATEMENT, text)
        if line_matches.below_empty_line(text, match.start())
    ]
    return assemble.speech(text, [*_heads(text), *statements], path)


def _heads(text: str) -> list[assemble.Head]:
    """Return the names at the start of paragraphs, and of indented lines within them."""
    return [
        assemble.head(match, match["name"], None)
        for match in line_matches.finditer(_LABEL, text)
        if match["indent"] or line_matches.below_empty_line(text, match.start())
    ]
