"""Files to rows kept word for word to typed contacts."""
