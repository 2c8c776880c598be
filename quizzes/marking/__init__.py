"""Plain Python: what a learner gave in; whether it is right, and what it shows of each fact, out."""
