"""Pages of those who learn: where to begin, the questions, the report, the progress."""
