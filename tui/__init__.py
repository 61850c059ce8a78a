"""How a person sees it: the terminal app."""
