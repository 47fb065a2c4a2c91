"""Thin: shows state, sends choices. Only home of Qt."""
