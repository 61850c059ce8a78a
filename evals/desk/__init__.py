"""Evaluations for who sits before a screen: run, kept, looked through, compared."""
