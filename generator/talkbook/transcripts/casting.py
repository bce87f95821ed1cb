"""Match the labels in a transcript with people.

No two people are merged: two labels mean the same person only if somebody wrote so, if they differ only in case, or if
the file introduces exactly one person whom the label can mean.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from talkbook.sources.sidecar import SpeakerEntry
from talkbook.text import ids, speaker_labels

_PLAIN = re.compile(r"[^\W\d_]+\.?|[^\W\d_]+(?:[-'’][^\W\d_]{2,})+")  # a word of a name; not a possessive


@dataclass(frozen=True, slots=True)
class SpeakerIdentity:
    """A person's part in a conversation. person: the person's slug."""

    person: str
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names that somebody wrote down for the speakers of a conversation.

    speakers: those in its sidecar.
    labels: label -> name, from people.yml.
    introduced: name -> role of the people in its front matter or its show's file; the role counts if no other is given.
    """

    speakers: Sequence[SpeakerEntry] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    introduced: Mapping[str, str] = field(default_factory=dict)

    def identities(self, labels: Iterable[str]) -> Mapping[str, SpeakerIdentity | None]:
        """Return label -> identity, or None if the label only distinguishes a voice, such as "Speaker 1".

        labels: every occurrence in the transcript.
        """
        counts = Counter(labels)
        given = self._written()
        tidied = {label: speaker_labels.tidy(label) for label in counts}
        usual = _usual({label: name for label, (name, _) in tidied.items()}, counts)
        parts: dict[str, tuple[str, str] | None] = {}  # name and role
        for label, (name, role) in tidied.items():
            stated = given.get(label.casefold()) or given.get(name.casefold())
            if stated is None and (not name or speaker_labels.anonymous(name)):
                parts[label] = None
                continue
            full = stated[0] if stated else _introduced(name, self.introduced, usual) or usual[name.casefold()]
            parts[label] = full, (stated[1] if stated else "") or role or self.introduced.get(full, "")
        slugs = ids.slugs([*(who.name for who in self.speakers), *(part[0] for part in parts.values() if part)])
        return {label: part and SpeakerIdentity(slugs[part[0]], *part) for label, part in parts.items()}

    def covered(self, labels: Iterable[str]) -> frozenset[str]:
        """Return the labels for which one of these names is meant."""
        given = self._written()
        names = {label: speaker_labels.tidy(label)[0] for label in labels}
        usual = {name.casefold(): name for name in names.values()}
        return frozenset(
            label
            for label, name in names.items()
            if {label.casefold(), name.casefold()} & given.keys()
            or (name and _introduced(name, self.introduced, usual))
        )

    def _written(self) -> Mapping[str, tuple[str, str]]:
        """Return label in lower case -> name and role that the sidecar, or otherwise people.yml, says that it means."""
        return {
            **{label.casefold(): (name, "") for label, name in self.labels.items()},
            **{label.casefold(): (who.name, who.role) for who in self.speakers for label in (*who.labels, who.name)},
        }


def _usual(tidied: Mapping[str, str], counts: Mapping[str, int]) -> Mapping[str, str]:
    """Return name in lower case -> its usual spelling: the most frequent one that is not all capitals, if possible."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for label, name in tidied.items():
        spellings[name.casefold()][name] += counts[label]
    return {
        folded: _calm(max(found, key=lambda name: (not name.isupper(), not name.islower(), found[name], name)))
        for folded, found in spellings.items()
    }


def _calm(name: str) -> str:
    """Convert a name in capitals, "ADA O'NEIL", to title case; a single word may be initials and stays."""
    return name.title() if name.isupper() and " " in name and all(map(_PLAIN.fullmatch, name.split())) else name


def _introduced(name: str, introduced: Iterable[str], usual: Mapping[str, str]) -> str:
    """Return the only introduced name that the label can mean, by full name, initials or first word; otherwise ""."""
    folded = name.casefold()
    exact = [full for full in introduced if full.casefold() == folded]
    short = name if name.isupper() and len(name) > 1 else None
    initials = [full for full in introduced if "".join(word[0] for word in full.split()).upper() == short]
    first = [full for full in introduced if full.split()[0].casefold() == folded]
    others = [each for each in usual if each.split()[:1] == [folded] and each != folded]
    for found in (exact, initials, [] if others else first):
        if len(found) == 1:
            return found[0]
    return ""
