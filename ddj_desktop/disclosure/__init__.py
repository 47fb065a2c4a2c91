"""Figures to figures that may leave."""
