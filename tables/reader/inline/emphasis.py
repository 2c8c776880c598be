"""Plain Python: pairs runs of `*`, `_` and `~~` in a row of pieces and nests what stands between them."""

from tables.reader.inline.pieces import Node, Piece, Run
from tables.reader.inline.rules import is_punctuation, is_white

type Bottoms = dict[tuple[str, bool, int], int]


def nest_emphasis(pieces: list[Piece]) -> list[Piece]:
    """
    The same pieces with every matched pair of runs turned into an em, strong or del around what it encloses.

    CommonMark's algorithm: linear in the number of runs, without recursion. Unmatched characters become text again.
    """
    runs = [piece for piece in pieces if isinstance(piece, Run)]
    if not runs:
        return pieces
    _pair(runs)
    return _build(pieces)


def _pair(runs: list[Run]) -> None:
    open_runs: list[tuple[int, Run]] = []
    bottoms: Bottoms = {}
    for number, run in enumerate(runs):
        run.left = run.length
        while run.can_close and run.left and (found := _find_opener(open_runs, run, bottoms)) is not None:
            opener = open_runs[found][1]
            del open_runs[found + 1 :]
            _match(opener, run)
            if not opener.left:
                open_runs.pop()
        if run.can_open and run.left:
            open_runs.append((number, run))


def _find_opener(open_runs: list[tuple[int, Run]], closer: Run, bottoms: Bottoms) -> int | None:
    """The place of the nearest run that `closer` can close. Remembers how far a vain search went."""
    key = (closer.mark, closer.can_open, closer.length % 3)
    bottom = bottoms.get(key, -1)
    for place in range(len(open_runs) - 1, -1, -1):
        number, opener = open_runs[place]
        if number <= bottom:
            break
        if opener.mark == closer.mark and _fit(opener, closer):
            return place
    if open_runs:
        bottoms[key] = open_runs[-1][0]
    return None


def _fit(opener: Run, closer: Run) -> bool:
    """The rule of three: a run that could both open and close is told apart by the sum of the lengths."""
    if opener.mark == "~" or not (opener.can_close or closer.can_open):
        return True
    return (opener.length + closer.length) % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)


def _match(opener: Run, closer: Run) -> None:
    width = 2 if opener.left > 1 and closer.left > 1 else 1
    tag = "del" if opener.mark == "~" else ("em", "strong")[width - 1]
    opener.opens.append(tag)
    closer.closes.append(tag)
    opener.left -= width
    closer.left -= width


def _build(pieces: list[Piece]) -> list[Piece]:
    levels: list[list[Piece]] = [[]]
    for piece in pieces:
        if not isinstance(piece, Run):
            levels[-1].append(piece)
            continue
        for tag in piece.closes:
            children = levels.pop()
            levels[-1].append(Node(tag, children))
        if piece.left:
            levels[-1].append(piece.mark * piece.left)
        levels.extend([] for _ in piece.opens)
    return levels[0]


def flanks(before: str, after: str, mark: str) -> tuple[bool, bool]:
    """Whether a run can open and close emphasis, from the characters on its two sides ("" at an end)."""
    white_before, white_after = not before or is_white(before), not after or is_white(after)
    mark_before, mark_after = is_punctuation(before), is_punctuation(after)
    left = not white_after and (not mark_after or white_before or mark_before)
    right = not white_before and (not mark_before or white_after or mark_after)
    if mark != "_":
        return left, right
    return left and (not right or mark_before), right and (not left or mark_after)
