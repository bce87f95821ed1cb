"""Links to moments in recordings have the form that each host understands."""

import pytest

from talkbook.transcripts import media
from talkbook.transcripts.media import Media


@pytest.mark.parametrize(
    ("address", "kind", "at"),
    [
        ("https://www.youtube.com/watch?v=abc&list=x", "youtube", "https://www.youtube.com/watch?v=abc&t=83s"),
        ("https://youtu.be/abc?si=tracking", "youtube", "https://www.youtube.com/watch?v=abc&t=83s"),
        ("https://www.youtube.com/embed/abc", "youtube", "https://www.youtube.com/watch?v=abc&t=83s"),
        ("https://www.youtube.com/@somebody", "youtube", "https://www.youtube.com/@somebody?t=83s"),
        ("https://vimeo.com/12345", "vimeo", "https://vimeo.com/12345#t=83s"),
        ("https://cdn.example/e1.mp3?id=2", "audio", "https://cdn.example/e1.mp3?id=2#t=83"),
        ("media/e1.webm", "video", "media/e1.webm#t=83"),
        ("https://podcast.example/episodes/1", "page", "https://podcast.example/episodes/1"),
    ],
)
def test_each_host_gets_its_own_form_of_time(address: str, kind: str, at: str) -> None:
    found = media.read(address)
    assert found is not None
    assert (found.kind, found.at(83.9)) == (kind, at)


@pytest.mark.parametrize("address", ["http://[::1", "https://a／b/e1.mp3"])
def test_an_invalid_address_stays_as_it_is(address: str) -> None:
    found = media.read(address)
    assert found == Media("page", address)
    assert found.at(83.9) == address


def test_without_a_time_the_address_is_plain() -> None:
    found = media.read("https://cdn.example/e1.mp3")
    assert found is not None
    assert found.at(None) == "https://cdn.example/e1.mp3"


def test_no_address_is_no_recording() -> None:
    assert media.read("") is None
