"""What a transcript calls its speakers: tidied, and told apart from labels that name nobody."""

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_INITIALS = re.compile(r"(?:(?<!\s)\s+)?[(（](?P<initials>[^\W\d_]{1,4})[)）]$")  # that the transcript goes on with
_ROLE = re.compile(
    r"(?:(?<!\s)\s+)?[(\[]\s*(?P<role>(?:as\s+)?(?:co-?)?(?:host|guest|chair|moderator|interviewer|interviewee|speaker|panell?ist|"
    r"presenter|narrator|producer)s?|(?:he|she|they|him|her|them)(?:/\w+)+)\s*[)\]]\s*$",
    re.IGNORECASE,
)

# How something is said, in a bracket behind the name of who says it.
_ASIDE = re.compile(
    r"(?:(?<!\s)\s+)?[(\[]\s*(?:\w+ly\s)?(?:\w+ing|laughs?|chuckles?|sighs?|whispers?|voiceover|v\.?o\.?|cont(?:inued|'d|’d|d)?\.?|"
    r"aside|remote|(?:via|by|on|off|over|through)\s[^()\[\]]{1,20}|off-?(?:mic|camera|screen))"
    r"(?:\s[a-z][^()\[\]A-Z]{0,30})?\s*[)\]]\s*$"
)
# Labels that tell voices apart without saying whose they are. A single letter is one too (Q and A, P and R),
# and so are a part that anybody may play and the number that a recogniser gave.
_NOBODY = re.compile(
    r"""
    (?: (?:unknown|unidentified|unnamed|other|new|an?|the|male|female) [\s_-]+ )*
    (?: speakers? | spk | voice | person | participant | channel | ch | user | guest | hosts? | man | woman | male |
        female | interviewers? | interviewee | audience (?:\s+(?:member|question)s?)? | moderator | operator | caller |
        announcer | narrator | everyone | everybody | all | both | crowd | question(?:er)? | answer | unknown |
        unidentified | others? | otro | autre |
        (?: (?:mr|mrs|ms|madam)\.? \s+ )? (?: speaker | chair(?:man|woman|person)? | president ) |
        presidente | senator | senadora? | deputy | minister | judge | counsel | witness | reporter | señora? | gospa |
        emcee | introducer | moderadora? | audiencia | miembro\ de\ la\ audiencia |
        sprecher(?:in)? | intervenant | locuteur | orateur | hablante | orador | pregunta | respuesta | público |
        发言人 | 说话人 | 發言人 | 主持人 | 话者 | 話者 )
    (?: [\s_#-]* \d{1,4} | [\s_#-]+ [a-z] | (?<=speaker) [a-z] )?
    | [^\W\d_]\d{0,3} | \d{1,4}
    """,
    re.IGNORECASE | re.VERBOSE,
)

_CROWD = re.compile(r"audiencia|audience(?: (?:members?|questions?))?|crowd|everyone|everybody|all|both", re.IGNORECASE)


@lru_cache(maxsize=10_000)  # the same people speak in many transcripts
def tidy(label: str) -> tuple[str, str]:
    """(name, role): the label in one form, a doubled name said once.

    A role such as "(host)" is taken off, and so are "(laughing)" and the initials in "Ada Lovelace (AL)", which are no
    part of anybody's name.
    """
    name = _SPACE.sub(" ", unicodedata.normalize("NFC", label)).strip(' :*_#>"“”–—-')
    name, role = _ASIDE.sub("", name) or name, ""
    bracket = _ROLE.search(name)
    if bracket and bracket.start():
        name, role = name[: bracket.start()].rstrip(" ,:"), bracket["role"].lower().removeprefix("as ")
    short = _INITIALS.search(name)
    if short and short["initials"].casefold() == "".join(word[0] for word in name[: short.start()].split()).casefold():
        name = name[: short.start()]
    half, colon, rest = name.partition(":")
    if colon and half.strip().casefold() == rest.strip().casefold():
        name = half.strip()
    return name, role


def anonymous(label: str) -> bool:
    """Whether the label only tells a voice from the others: "Speaker 1", "SPEAKER_07", "Q", "Audience member"."""
    return _NOBODY.fullmatch(label.strip()) is not None


def crowd(label: str) -> bool:
    """Whether the label says by itself that it means nobody in particular, so that no name is missing."""
    return _CROWD.fullmatch(label.strip()) is not None
