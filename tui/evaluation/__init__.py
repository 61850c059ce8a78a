"""The evaluation screen: what is run, how it goes, what came of each case, which drafts count."""
