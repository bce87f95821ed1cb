"""Decode the bytes of a file, or report why they are not text."""

import codecs
import re
from collections.abc import Sequence

import charset_normalizer

from talkbook.problems import ParseError, Problem, did_you_mean
from talkbook.text.anchors import line_of

LARGEST = 50_000_000  # bytes; ten hours of speech with a time for every word take less

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARIES = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"RIFF", "a WAV or AVI recording"),
    (b"\x1aE\xdf\xa3", "a Matroska recording"),
    (b"\x00\x00\x00", "an MP4 recording"),
)
# Encodings in which transcripts actually occur; only these are guessed.
_LIKELY = "cp1252 latin_1 cp1250 cp1251 koi8_r cp1253 cp1254 cp1255 cp1256 gb18030 big5 shift_jis euc_jp euc_kr".split()
_STATED = re.compile(  # in HTML and XML
    rb"""<(?:\?xml\b[^>]*\bencoding|meta\b[^>]*\bcharset)\s*=\s*["']?([\w.-]+)""", re.IGNORECASE
)
_HEAD = 1024  # bytes, among which HTML has to state its encoding
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_COMMON: Sequence[str] = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "cp1251", "gb18030")


def decode(data: bytes, path: str, encoding: str | None = None) -> str:
    """Return the text in the bytes, without a byte-order mark and with "\\n" at each line end.

    encoding: of the bytes, as Python names it; "" for UTF-8, for UTF-16 or -32 with a byte-order mark, or for the one
        that HTML or XML states. None if no sidecar could state one, and the text is neither HTML nor XML.

    Raises ParseError if the bytes are not text, with the line and, where possible, the likely encoding.
    """
    _check_bytes(data, path)
    text = _decoded(data, path, encoding).removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    _check_text(text, path, encoding is not None)
    return text


def _check_bytes(data: bytes, path: str) -> None:
    """Raise ParseError if the bytes are too many, empty, or those of a known binary format."""
    if len(data) > LARGEST:
        size, most = len(data) // 1_000_000, LARGEST // 1_000_000
        raise _refused(
            path, 0, f"This file has {size} MB; Talkbook reads up to {most} MB.", "Split it into several files."
        )
    if not data.strip(b" \t\r\n\0"):
        raise _refused(path, 0, "This file is empty.", "Fill it, or remove it.")
    for magic, kind in _BINARIES:
        if data.startswith(magic):
            written = kind.endswith("document")
            hint = "Save it as plain text, and put that file here." if written else "Put its transcript here instead."
            raise _refused(path, 0, f"This is {kind}, not text.", hint)


def _decoded(data: bytes, path: str, encoding: str | None) -> str:
    """Return the decoded text, before its content is checked."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    try:
        text = data.decode(encoding if encoding and not marked else marked or "utf-8")
        if encoding:
            text.encode()  # some codecs, such as utf-7, can produce lone surrogates, which can't be encoded
        return text
    except UnicodeEncodeError as error:
        line = line_of(str(error.object), error.start)
        hint = "Save it as UTF-8, and remove the encoding."
        raise _refused(path, line, f"In {encoding}, this text contains half a character.", hint) from None
    except UnicodeDecodeError as error:
        if stated := _stated(data) if encoding == "" and not marked else "":
            return _decoded(data, path, stated)
        raise _undecoded(data, path, error, encoding or marked, encoding is not None) from None
    except (LookupError, ValueError):
        hint = did_you_mean(encoding or "", _COMMON) or f"Common ones are: {', '.join(_COMMON)}."
        raise _refused(path, 0, f'There is no text encoding "{encoding}".', hint) from None


def _stated(data: bytes) -> str:
    """Return the encoding that HTML or XML states, if it is one in which transcripts occur, and otherwise ""."""
    match = _STATED.search(data, 0, _HEAD)
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else ""
    except LookupError:
        return ""
    name = "cp1252" if name in ("iso8859-1", "ascii") else name  # as browsers read them
    return name if name in {codecs.lookup(likely).name for likely in _LIKELY} else ""


def _check_text(text: str, path: str, statable: bool) -> None:
    """Raise ParseError if the text has NUL bytes, looks binary, or is empty. statable: as in _undecoded()."""
    nul = text.find("\0")
    if nul >= 0:
        line = line_of(text, nul)
        elsewhere = ", or name its encoding in the sidecar (encoding: utf-16-le)" if statable else ""
        hint = f"Save it as UTF-8{elsewhere}."
        if "\0" in text[nul + 2 : nul + 4] or _binary(text):
            raise _refused(path, line, "This is not UTF-8 text: it contains NUL bytes.", hint)
        raise _refused(path, line, "There is a NUL byte in the text.", "Remove it; an editor shows it as ^@ or \\0.")
    if _binary(text):
        raise _refused(path, 1, "This is a binary file, not text.", "Put a transcript here.")
    if not text.strip():
        raise _refused(path, 0, "This file is empty.", "Fill it, or remove it.")


def _binary(text: str) -> bool:
    head = text[:4096]
    return len(_CONTROL.findall(head)) > max(4, len(head) / 20)


def _undecoded(data: bytes, path: str, error: UnicodeDecodeError, encoding: str, statable: bool) -> ParseError:
    """Return the error to raise. statable: whether a sidecar may state the encoding."""
    line = data.count(b"\n", 0, error.start) + 1
    message = f"This is not {encoding or 'UTF-8'} text."
    around = data[max(0, error.start - 2_000) : error.start + 20_000]
    best = charset_normalizer.from_bytes(around, cp_isolation=_LIKELY).best()
    if best is None or _binary(str(best)):
        return _refused(path, line, message, "It may not be text at all; open it in an editor and save it as UTF-8.")
    hint = f"It may be {best.encoding}: save it as UTF-8"
    hint += f", or write encoding: {best.encoding} in the sidecar." if statable else "."
    return _refused(path, line, message, hint)


def _refused(path: str, line: int, message: str, hint: str) -> ParseError:
    return ParseError(Problem(path, line, message, hint))
