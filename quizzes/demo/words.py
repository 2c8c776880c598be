"""Plain Python: the words of made-up guides. What a column holds stands beside its name."""

from collections.abc import Callable
from random import Random

FIRST = (
    "Al", "Bel", "Cor", "Dan", "El", "Far", "Gal", "Hel", "Ir", "Jor", "Kel", "Lum", "Mar", "Nor", "Ol",
    "Per", "Quin", "Ros", "Sel", "Tor", "Ul", "Ver", "Wil", "Xan", "Yor", "Zel", "Bran", "Cal", "Dor", "Est",
)  # fmt: skip
MIDDLE = ("a", "e", "i", "o", "u", "ari", "eno", "ila", "oma", "uri", "ado", "ema")
LAST = (
    "dan", "lin", "mar", "nex", "rum", "sia", "ton", "ver", "wick", "zon", "bel", "cus", "dris", "fen", "gor",
    "ham", "kin", "los", "mond", "nor",
)  # fmt: skip
THINGS = ("filter", "solver", "index", "queue", "encoder", "sampler", "router", "cache", "parser", "planner")
TOPICS = ("Storage", "Networks", "Estimation", "Scheduling", "Sensors", "Compression", "Search", "Control")
ADVANTAGES = ("fast", "exact", "small", "robust", "simple", "cheap", "even", "stable", "early", "private")
DRAWBACKS = ("memory", "warm-up", "bias", "drift", "latency", "tuning", "noise", "locking", "overflow", "cost")
NEEDS = ("labels", "a schema", "two passes", "a clock", "a network", "sorted input", "a seed", "spare disk")
USES = ("batch work", "live dashboards", "rare events", "long texts", "images", "time series", "small devices")
FAMILIES = ("greedy", "linear", "tree", "neural", "streaming", "hybrid")
RATINGS = ("low", "medium", "high", "very high")
VERBS = ("fit", "open", "scan", "merge", "load", "split", "rank", "pack")
OPTIONS = ("depth", "rate", "size", "mode", "limit", "window")

type Column = Callable[[Random], str]


def _text(chance: Random) -> str:
    return f"{chance.choice(ADVANTAGES)} and {chance.choice(ADVANTAGES)}, but {chance.choice(DRAWBACKS)} matters"


def _use(chance: Random) -> str:
    return f"{chance.choice(USES)} with {chance.choice(NEEDS)}"


def _code(chance: Random) -> str:
    return f"`{chance.choice(VERBS)}({chance.choice(OPTIONS)}={chance.randint(1, 999)})`"


COLUMNS: dict[str, Column] = {
    "Family": lambda chance: chance.choice(FAMILIES),
    "Learns online": lambda chance: chance.choice(("Yes", "No")),
    "Year": lambda chance: str(chance.randint(1952, 2025)),
    "Memory (MB)": lambda chance: f"{chance.randint(1, 40_000):,}",
    "Strength and weakness": _text,
    "Call": _code,
    "Cost": lambda chance: chance.choice(RATINGS),
    "Best for": _use,
    "Error rate": lambda chance: f"{chance.randint(1, 400) / 10}%",
    "Keeps order": lambda chance: chance.choice(("Yes", "No", "Partly")),
    "Needs": lambda chance: chance.choice(NEEDS),
    "Threshold": lambda chance: f"{chance.randint(1, 99)} to {chance.randint(100, 999)}",
}
"""What is asked of the rows: of yes or no, numbers, words that repeat, sentences and code."""


def invented_name(chance: Random) -> str:
    """A name that sounds like one, of 7,200 without the middle of a word that repeats."""
    return f"{chance.choice(FIRST)}{chance.choice(MIDDLE)}{chance.choice(LAST)}"
