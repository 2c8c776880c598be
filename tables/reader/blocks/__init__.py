"""Plain Python: the lines of a document in, its blocks out."""

from tables.reader.blocks.block import CONTAINERS, Block, BlockKind, Mismatch
from tables.reader.blocks.scanning import Scan, scan

__all__ = ["CONTAINERS", "Block", "BlockKind", "Mismatch", "Scan", "scan"]
