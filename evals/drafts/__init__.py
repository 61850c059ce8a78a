"""Drafting an evaluation set from a person's own documents."""
