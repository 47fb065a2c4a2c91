"""Person mentions to people who keep their ids."""
