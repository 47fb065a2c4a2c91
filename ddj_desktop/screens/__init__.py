"""What each screen knows and decides. No Qt, no store."""
