"""Labels of speakers: normalised, and distinguished from labels that name nobody."""

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
# Initials after the full name, which the transcript uses from then on.
_INITIALS = re.compile(r"(?:(?<!\s)\s+)?[(（](?P<initials>[^\W\d_]{1,4})[)）]$")
_ROLE = re.compile(
    r"(?:(?<!\s)\s+)?[(\[]\s*(?P<role>(?:as\s+)?(?:co-?)?(?:host|guest|chair|moderator|interviewer|interviewee|speaker|panell?ist|"
    r"presenter|narrator|producer)s?|(?:he|she|they|him|her|them)(?:/\w+)+)\s*[)\]]\s*$",
    re.IGNORECASE,
)

# A remark in brackets after the name, on how something is said.
_ASIDE = re.compile(
    r"(?:(?<!\s)\s+)?[(\[]\s*(?:\w+ly\s)?(?:\w+ing|laughs?|chuckles?|sighs?|whispers?|voiceover|v\.?o\.?|cont(?:inued|'d|’d|d)?\.?|"
    r"aside|remote|(?:via|by|on|off|over|through)\s[^()\[\]]{1,20}|off-?(?:mic|camera|screen))"
    r"(?:\s[a-z][^()\[\]A-Z]{0,30})?\s*[)\]]\s*$"
)
# Labels that distinguish voices without identifying anyone: single letters (Q and A, P and R), roles that anyone may
# have, and numbers given by speech recognition.
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


@lru_cache(maxsize=10_000)  # the same labels occur in many transcripts
def tidy(label: str) -> tuple[str, str]:
    """Return (name, role): the label normalised, a doubled name reduced to one.

    A role such as "(host)" is split off. Remarks such as "(laughing)" and initials, as in "Ada Lovelace (AL)", are
    removed: they are not part of the name.
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
    """Return whether the label identifies nobody: "Speaker 1", "SPEAKER_07", "Q", "Audience member"."""
    return _NOBODY.fullmatch(label.strip()) is not None


def crowd(label: str) -> bool:
    """Return whether the label means nobody in particular, such as "Audience", so that no name is missing."""
    return _CROWD.fullmatch(label.strip()) is not None
