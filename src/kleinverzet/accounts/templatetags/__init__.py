"""Words that templates of accounts may use."""
