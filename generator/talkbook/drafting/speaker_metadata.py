"""Complete the names of drafted speakers from metadata, and from other conversations of the show."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from talkbook.drafting.speaker_attribution import ProposedSpeaker, SpeakerDraft
from talkbook.text import ids, speaker_labels

# In shows with one host and in shows with several, 2 of 135 hosts were wrong by these numbers, each inferred from five
# other conversations; if whoever spoke in three of three was taken for the host, 43 of 333 were.
_ENOUGH = 5  # minimum number of other conversations
_NEARLY_ALL = 0.9  # minimum share of them in which the host speaks
_MANY = 1 / 3  # maximum share of them in which anybody else speaks; one conversation is always possible


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

    A first name is completed if one of their speakers has it. If only the guest is named, the host is whoever speaks in
    nearly all of them, if there are enough and nobody else speaks in many, as another host would.

    others: the names of the speakers in each of these conversations.
    """
    times = Counter(name for names in others for name in set(names) if not speaker_labels.anonymous(name))
    full: dict[str, ProposedSpeaker] = {}
    for each in draft.speakers:
        bearers = [name for name in times if " " in name and name.split()[0] == each.name]
        if not each.unnamed and len(bearers) == 1:
            full[each.key] = _named(each, bearers[0], (*each.evidence, _stated(bearers[0], times)))
    host = _host(times, len(others))
    taken = {full.get(each.key, each).name for each in draft.speakers}
    unnamed = [each for each in draft.speakers if each.unnamed]
    if len(draft.speakers) > len(unnamed) == 1 and unnamed[0].role == "host" and host and host not in taken:
        full[unnamed[0].key] = _named(unnamed[0], host, (_stated(host, times),))
    return _renamed(draft, full)


def _host(times: Counter[str], count: int) -> str:
    """Return the name of the only host of a show; "" if it is unclear.

    times: name of a speaker -> in how many of the show's conversations they speak.
    count: how many there are.
    """
    (name, most), (_, next_most) = (*times.most_common(2), ("", 0), ("", 0))[:2]
    clear = count >= _ENOUGH and most >= _NEARLY_ALL * count and next_most <= max(1, _MANY * count)
    return name if clear else ""


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
