"""Plain Python: the tables of a guide in, the things they name, and where each is named, out."""
