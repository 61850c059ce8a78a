"""How good it is: cases, metrics, runner, report."""
