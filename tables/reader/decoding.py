"""Plain Python: the bytes of an upload in, its lines out, or the one reason why they cannot be read."""

import codecs
import re
from dataclasses import dataclass, field

from tables.reader.document import Problem, Severity
from tables.reader.inline.rules import HIDDEN
from tables.reader.limits import Limits

WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
LINE_END = re.compile(r"\r\n|\n|\r")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
NO_TEXT = b"%PDF-"  # the beginning of a PDF is text in part
SAMPLE = 4_096
BINARY_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Decoded:
    """The lines of a document without their ends, and what was met on the way. No lines when it cannot be read."""

    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_readable: bool = True


def decode(data: bytes, limits: Limits) -> Decoded:
    """Bytes as lines: UTF-8 only, with or without byte order mark; any of LF, CRLF and CR ends a line."""
    if len(data) > limits.size:
        return _refused("too-large", 1, _size_message(len(data), limits.size), "Split it by topic.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _refuse_bytes(data, error.start)
    if _wide_name(data) or _is_mostly_binary(data):
        control = CONTROL.search(text)
        return _refuse_bytes(data, len(text[: control.start()].encode()) if control else 0)
    lines = LINE_END.split(text.lstrip("\ufeff"))
    if not lines[-1]:
        lines.pop()
    if len(lines) > limits.lines:
        message = f"The document has {len(lines):,} lines; the limit of {limits.lines:,} is passed at this line."
        return _refused("too-many-lines", limits.lines + 1, message, "Split it by topic.")
    return _mark_strange(lines)


def _size_message(size: int, limit: int) -> str:
    return f"The file is {_megabytes(size)} MB; the limit is {_megabytes(limit)} MB."


def _megabytes(size: int) -> str:
    """One decimal, rounded up, so that a file just over the limit never seems to be as large as it."""
    return f"{-(-size // 100_000) / 10:g}"


def _wide_name(data: bytes) -> str:
    """UTF-16 or UTF-32 where every second byte, or all but every fourth, is NUL as in plain English; else ""."""
    sample = data[: len(data[:SAMPLE]) // 4 * 4]
    nuls = [sample[place::4].count(0) * 4 for place in range(4)]
    full, empty = sum(count * 2 > len(sample) for count in nuls), sum(count * 5 < len(sample) for count in nuls)
    return {(2, 2): "UTF-16", (3, 1): "UTF-32"}.get((full, empty), "")


def _refuse_bytes(data: bytes, offset: int) -> Decoded:
    """Say what the bytes are, at the line of the first one that is not text."""
    line = len(LINE_END.findall(data[:offset].decode("latin-1"))) + 1
    wide = next((name for mark, name in WIDE_MARKS if data.startswith(mark)), _wide_name(data))
    save = "save the file as UTF-8 and upload it again."
    if wide:
        return _refused("encoding", line, f"The file is {wide}, not UTF-8.", f"S{save[1:]}", offset)
    if 0 in data[:SAMPLE] or _is_mostly_binary(data):
        message = f"This is not a text file (byte 0x{data[offset]:02X} in line {line})."
        return _refused("encoding", line, message, "Upload the Markdown source, saved as UTF-8.", offset)
    message = f"Line {line} is not valid UTF-8 (byte 0x{data[offset]:02X})."
    advice = f"This looks like {_likely_encoding(data)}: {save}"
    if not data[:offset].removeprefix(codecs.BOM_UTF8).isascii():
        advice = "All before it is UTF-8: mend this one character, save the file and upload it again."
    return _refused("encoding", line, message, advice, offset)


def _is_mostly_binary(data: bytes) -> bool:
    sample = data[:SAMPLE]
    return data.startswith(NO_TEXT) or len(CONTROL.findall(sample.decode("latin-1"))) > BINARY_SHARE * len(sample)


def _likely_encoding(data: bytes) -> str:
    high = sum(byte > 0x7F for byte in data[: 16 * SAMPLE])
    return "Windows-1252" if high * 5 < len(data[: 16 * SAMPLE]) else "an older encoding"


def _refused(code: str, line: int, message: str, advice: str, offset: int | None = None) -> Decoded:
    return Decoded(problems=[Problem(code, Severity.ERROR, line, message, advice, offset=offset)], is_readable=False)


def _mark_strange(lines: list[str]) -> Decoded:
    """Replace control characters, and name the lines with them or with hidden ones that change the reading order."""
    problems: list[Problem] = []
    for place, line in enumerate(lines):
        if line.isprintable():
            continue
        if CONTROL.search(line):
            lines[place], count = CONTROL.subn("\ufffd", line)
            problems.append(_control_problem(place + 1, count))
        if HIDDEN.search(line):
            problems.append(_hidden_problem(place + 1, HIDDEN.findall(line)))
    return Decoded(lines, problems)


def _control_problem(line: int, count: int) -> Problem:
    what = "A control character was" if count == 1 else f"{count} control characters were"
    message = f"{what} replaced by \ufffd in line {line}."
    return Problem("control-character", Severity.WARNING, line, message, "Delete it in the file.")


def _hidden_problem(line: int, found: list[str]) -> Problem:
    names = ", ".join(dict.fromkeys(f"U+{ord(character):04X}" for character in found))
    message = f"Line {line} holds invisible characters that can reorder or hide text ({names}); they are left out."
    return Problem("bidi-control", Severity.WARNING, line, message, "Delete them if they are not wanted.")
