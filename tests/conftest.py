"""What holds for every test."""

import hypothesis

# A busy machine is slow, which says nothing about the code; pytest-timeout ends what hangs.
hypothesis.settings.register_profile("lectern", deadline=None)
hypothesis.settings.load_profile("lectern")
