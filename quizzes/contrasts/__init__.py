"""Plain Python: answers in; rows and cells side by side, with the sentence that tells them apart, out."""
