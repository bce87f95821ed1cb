"""Complete the names of drafted speakers from metadata, and from other conversations of the show."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from talkbook.drafting.speaker_attribution import ProposedSpeaker, SpeakerDraft
from talkbook.text import ids, speaker_labels

_REGULAR = 3  # minimum number of other conversations; whoever speaks in all of them may be the host


def with_introduced(draft: SpeakerDraft, introduced: Sequence[tuple[str, str]]) -> SpeakerDraft:
    """Return the draft with names completed from the metadata.

    If the words name one of two speakers, and the metadata has one other name, the other speaker gets it. If they name
    neither, the metadata proves nothing, as it may name somebody who is only talked about.

    introduced: (name, role) of the people whom the metadata names.
    """
    left = [who for who in dict.fromkeys(introduced) if not speaker_labels.anonymous(who[0])]
    full: dict[str, ProposedSpeaker] = {}
    for each in draft.speakers:
        bearers = [who for who in left if not each.unnamed and who[0].split()[:1] == each.name.split()[:1]]
        if len(bearers) == 1 and (" " not in each.name or each.name == bearers[0][0]):
            left.remove(bearers[0])
            full[each.key] = _named(each, bearers[0][0], each.evidence)
    unnamed = [each for each in draft.speakers if each.unnamed]
    if len(draft.speakers) - len(unnamed) == len(unnamed) == len(left) == 1:
        ((other,), ((name, role),)) = unnamed, left
        if full or role == other.role:
            full[other.key] = _named(other, name, (f"{role or 'speakers'}: {name}",))
    return _renamed(draft, full)


def with_regulars(draft: SpeakerDraft, others: Sequence[Collection[str]]) -> SpeakerDraft:
    """Return the draft with names completed from other conversations of the show.

    A first name is completed if one of their speakers has it. If only the guest is named, the host is the one person
    who speaks in all of them, if there are at least three.

    others: the names of the speakers in each of these conversations.
    """
    times = Counter(name for names in others for name in set(names) if not speaker_labels.anonymous(name))
    full: dict[str, ProposedSpeaker] = {}
    for each in draft.speakers:
        bearers = [name for name in times if " " in name and name.split()[0] == each.name]
        if not each.unnamed and len(bearers) == 1:
            full[each.key] = _named(each, bearers[0], (*each.evidence, _stated(bearers[0], times)))
    hosts = [name for name, count in times.items() if count == len(others) >= _REGULAR]
    taken = {full.get(each.key, each).name for each in draft.speakers}
    unnamed = [each for each in draft.speakers if each.unnamed]
    if len(draft.speakers) > len(unnamed) == len(hosts) == 1 and unnamed[0].role == "host" and hosts[0] not in taken:
        full[unnamed[0].key] = _named(unnamed[0], hosts[0], (_stated(hosts[0], times),))
    return _renamed(draft, full)


def _stated(name: str, times: Mapping[str, int]) -> str:
    count = times[name]
    return f"{name} speaks in {count} other conversation{'s' if count > 1 else ''} of the show"


def _named(speaker: ProposedSpeaker, name: str, evidence: tuple[str, ...]) -> ProposedSpeaker:
    return replace(speaker, key=ids.slug(name), name=name, evidence=evidence)


def _renamed(draft: SpeakerDraft, full: Mapping[str, ProposedSpeaker]) -> SpeakerDraft:
    """Return the draft with some speakers replaced. full: key in the draft -> new speaker."""
    keys = {key: each.key for key, each in full.items()}
    return SpeakerDraft(
        tuple(full.get(each.key, each) for each in draft.speakers),
        tuple(replace(turn, speaker=keys.get(turn.speaker or "", turn.speaker)) for turn in draft.turns),
    )
