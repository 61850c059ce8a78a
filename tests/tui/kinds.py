"""The terminals and the themes in which every screen is looked at."""

from itertools import product

import pytest

SIZES = {"narrow": (80, 24), "wide": (140, 40)}
THEMES = {"dark": "lectern-dark", "light": "lectern-light"}

EACH_KIND = pytest.mark.parametrize(
    ("size", "theme"),
    [(SIZES[size], THEMES[theme]) for size, theme in product(SIZES, THEMES)],
    ids=[f"{size}-{theme}" for size, theme in product(SIZES, THEMES)],
)
"""Gives a test a `size`, columns and lines, and a `theme`."""
