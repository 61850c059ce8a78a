"""How a question is answered: retrieve, gather evidence, generate, cite, verify."""
