"""A server under questions and updates for an hour: what it holds is to be the same at the end."""
