"""TEI (Parla-CLARIN and plays) and Akoma Ntoso: utterances and speeches with their speakers."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from talkbook.problems import Problem, excerpt
from talkbook.readers.captions import xml_tree
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech

_SPEECHES = ("u", "sp", "speech", "question", "answer", "speechGroup")
_PARAGRAPHS = ("seg", "p", "ab", "l", "lg")
_SOUNDS = ("vocal", "kinesic", "incident", "gap", "note", "stage", "remark", "noteRef", "pause")
_LABELS = ("speaker", "from")
_TITLES = ("head", "heading")
_ASIDE = ("teiHeader", "meta", "listEvent", "back", "front", "coverPage", "preface", "listRelation")


def fits(text: str) -> bool:
    """Return whether the root element is that of TEI or Akoma Ntoso."""
    return xml_tree.root(text) in ("TEI", "teiCorpus", "TEI.2", "akomaNtoso")


def read(text: str, path: str) -> Speech:
    """Return the speech; headings become sections, and stage directions within a speech become sounds.

    Text between the speeches (votes, members' attendance) is left out and reported.
    """
    root = xml_tree.load(text, path)
    asides: list[str] = []
    spoken = list(_walk(root, _people(root), asides))
    problems = []
    if asides:
        words = excerpt(" · ".join(asides), 2_000)
        message = f"{len(asides)} remarks between the speeches are left out: {words}"
        hint = "If one of them is spoken, mark it up as a speech."
        problems.append(Problem(path, 0, message, hint, warning=True))
    return cues.speech(spoken, path, problems)


def _people(root: Element) -> dict[str, str]:
    """Return id -> name."""
    people = {}
    for person in xml_tree.within(root, "person", "TLCPerson", "personGrp"):
        names = [_forename_first(name) for name in xml_tree.within(person, "persName", "name")]
        name = xml_tree.attribute(person, "showAs") or (names[0] if names else "")
        people[xml_tree.attribute(person, "id") or xml_tree.attribute(person, "eId")] = _without_comma(name)
    return people


def _forename_first(name: Element) -> str:
    """Return the name in spoken order: forename, then surname."""
    parts = [*xml_tree.within(name, "forename"), *xml_tree.within(name, "surname")] or [name]
    return " ".join(filter(None, map(xml_tree.words, parts)))


def _without_comma(name: str) -> str:
    last, comma, rest = name.partition(", ")
    return f"{rest} {last}" if comma and rest and "," not in rest else name


def _walk(element: Element, people: Mapping[str, str], asides: list[str]) -> Iterator[Cue]:
    """Yield the cues of the element; remarks outside of speeches are added to `asides`."""
    label = ""
    for child in element:
        kind = xml_tree.name(child)
        if kind in _ASIDE or not kind:
            parts = xml_tree.within(child, "head", "heading", "p", "docTitle") if kind == "front" else ()
            asides += filter(None, map(xml_tree.words, parts))
        elif kind in _SPEECHES and kind != "speechGroup":
            yield from _speech(child, people, label, asides)
            label = ""
        elif _named(child):
            label = xml_tree.words(child).rstrip(": ")
        elif kind in _TITLES:
            yield Cue("", title=xml_tree.words(child))
        elif len(child) and any(xml_tree.name(inner) in (*_SPEECHES, *_TITLES) for inner in child.iter()):
            yield from _walk(child, people, asides)
        elif xml_tree.words(child):
            asides.append(xml_tree.words(child))


def _speech(element: Element, people: Mapping[str, str], label: str, asides: list[str]) -> Iterator[Cue]:
    stated = next((xml_tree.words(part).rstrip(": ") for part in element if xml_tree.name(part) in _LABELS), "")
    stated = stated or next((xml_tree.words(part).rstrip(": ") for part in element.iter() if _named(part)), "")
    key = (xml_tree.attribute(element, "who") or xml_tree.attribute(element, "by")).split(" ")[0].lstrip("#")
    called = stated or label
    speaker = people.get(key) or called or key or None
    if called and not set(called.casefold().split()) <= set((speaker or "").casefold().split()):
        asides.append(f"{called} ({speaker})")
    paragraphs: list[str] = [""]
    _text(element, paragraphs)
    for number, paragraph in enumerate(part for part in paragraphs if part.strip()):
        yield Cue(paragraph, speaker=speaker, fresh=number > 0)


def _named(element: Element) -> bool:
    """Return whether this is a note that names the speaker."""
    return xml_tree.name(element) == "note" and xml_tree.attribute(element, "type") == "speaker"


def _text(element: Element, paragraphs: list[str]) -> None:
    """Collect the text of a speech into `paragraphs`; sounds and notes go into square brackets."""
    paragraphs[-1] += element.text or ""
    for child in element:
        kind = xml_tree.name(child)
        if _named(child):
            paragraphs.append("")
        elif kind in _SOUNDS and xml_tree.words(child):
            paragraphs[-1] += f" [{xml_tree.words(child).strip('[]()').lower()}] "
        elif kind in _PARAGRAPHS:
            paragraphs.append("")
            _text(child, paragraphs)
            paragraphs.append("")
        elif kind and kind not in _LABELS:
            _text(child, paragraphs)
        paragraphs[-1] += child.tail or ""
