"""Names of drafted speakers that stand beside the words: in metadata, and in other conversations of the show."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from talkbook.drafting.speaker_attribution import ProposedSpeaker, SpeakerDraft
from talkbook.text import ids, speaker_labels

_REGULAR = 3  # other conversations in all of which somebody must speak to be taken for the host of one more


def with_introduced(draft: SpeakerDraft, introduced: Sequence[tuple[str, str]]) -> SpeakerDraft:
    """The draft with names in full, as metadata has them.

    Where it names one person besides the one of two whom the words name, the other one has that name.
    introduced: (name, role) of those whom it names. Alone they tell nothing, for a title or a list of guests may name
    somebody who is only spoken of: at least one of the two must be named in the words.
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
    return _with(draft, full)


def with_regulars(draft: SpeakerDraft, others: Sequence[Collection[str]]) -> SpeakerDraft:
    """The draft with names that other conversations of the show state.

    others: who speaks in each of them. A first name is short for the one of them who has it. Where only the guest is
    named, whoever speaks in all of them, if they are three or more and that is one person, is the host.
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
    return _with(draft, full)


def _stated(name: str, times: Mapping[str, int]) -> str:
    count = times[name]
    return f"{name} speaks in {count} other conversation{'s' if count > 1 else ''} of the show"


def _named(speaker: ProposedSpeaker, name: str, evidence: tuple[str, ...]) -> ProposedSpeaker:
    return replace(speaker, key=ids.slug(name), name=name, evidence=evidence)


def _with(draft: SpeakerDraft, full: Mapping[str, ProposedSpeaker]) -> SpeakerDraft:
    """The draft with some of its speakers, by their keys, as they are called in full."""
    keys = {key: each.key for key, each in full.items()}
    return SpeakerDraft(
        tuple(full.get(each.key, each) for each in draft.speakers),
        tuple(replace(turn, speaker=keys.get(turn.speaker or "", turn.speaker)) for turn in draft.turns),
    )
