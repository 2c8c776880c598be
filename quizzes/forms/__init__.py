"""What learners send."""
