"""Plain Python: tables and the author's own questions in, fair multiple-choice questions and a ledger of skips out."""
