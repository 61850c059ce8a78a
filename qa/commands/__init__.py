"""The sub-commands, each with `configure(parser)` and `run(arguments, settings)`."""
