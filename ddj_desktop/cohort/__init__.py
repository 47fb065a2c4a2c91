"""People and an agreed definition to members, each with the reason."""
