"""A label means the person whom somebody named, or one whose name differs only in case; otherwise nobody."""

from talkbook.sources.sidecar import SpeakerEntry
from talkbook.transcripts.casting import KnownNames, SpeakerIdentity


def names(*labels: str, **more: object) -> list[str | None]:
    parts = KnownNames(**more).identities(labels)  # type: ignore[arg-type]
    return [part.name if (part := parts[label]) else None for label in labels]


def test_labels_from_speech_recognition_name_nobody() -> None:
    assert names("Speaker 1", "SPEAKER_07", "spk_0", "Q", "Unknown Speaker", "发言人1", "Audience member") == [None] * 7


def test_the_sidecar_takes_precedence_over_people_yml() -> None:
    known = {"SPEAKER_01": "Bob Lee", "MF": "Mary Fox"}
    side = [SpeakerEntry("ada", "Ada Lovelace", "host", ("SPEAKER_01",))]
    assert names("SPEAKER_01", "MF", speakers=side, labels=known) == ["Ada Lovelace", "Mary Fox"]


def test_roles_are_split_off_names() -> None:
    part = KnownNames().identities(["Leo Dion (host)"])["Leo Dion (host)"]
    assert part == SpeakerIdentity("leo-dion", "Leo Dion", "host")


def test_names_that_differ_only_in_case_are_one_person() -> None:
    assert names("ADA LOVELACE", "Ada Lovelace", "ada lovelace") == ["Ada Lovelace"] * 3
    assert names("BRIAN KETELSEN", "NASA") == ["Brian Ketelsen", "NASA"]


def test_a_doubled_name_is_reduced_to_one() -> None:
    assert names("Ada Lovelace: Ada Lovelace") == ["Ada Lovelace"]


def test_similar_names_stay_different_people() -> None:
    assert names("Chris", "Chris Benson", "Michael Haase", "Michael Hasse") == [
        "Chris", "Chris Benson", "Michael Haase", "Michael Hasse"
    ]  # fmt: skip
    parts = KnownNames().identities(["王伟", "王微"])
    assert len({part.person for part in parts.values() if part}) == 2


def test_a_label_may_mean_the_one_person_whom_the_front_matter_introduces() -> None:
    introduced = {"Jack Dorsey": "", "Elizabeth Stark": ""}
    assert names("JD", "Elizabeth", introduced=introduced) == ["Jack Dorsey", "Elizabeth Stark"]
    assert names("Jack", introduced={"Jack Dorsey": "", "Jack Ma": ""}) == ["Jack"]
    assert names("Jack", "Jack Ma", introduced={"Jack Dorsey": ""}) == ["Jack", "Jack Ma"]


def test_remarks_on_how_something_is_said_are_not_part_of_a_name() -> None:
    assert names("ANN", "ANN (laughing)", "Ann [cont'd]", "Ann (via phone)") == ["Ann"] * 4
    assert names("Ann (Rome)", "Ann (the baker)") == ["Ann (Rome)", "Ann (the baker)"]


def test_a_name_in_capitals_is_written_as_a_name() -> None:
    assert names("ADA O’NEIL-SMITH", "BOB J. RAY", "JK", "BOB'S PHONE") == [
        "Ada O’Neil-Smith",
        "Bob J. Ray",
        "JK",
        "BOB'S PHONE",
    ]
