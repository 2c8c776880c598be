"""Plain Python: questions in, files that other learning programs read out."""
