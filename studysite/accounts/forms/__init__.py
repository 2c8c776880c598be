"""What people send: about their groups, and to prove who they are."""
