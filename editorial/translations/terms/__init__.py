"""Terms: what a word of the source is called in each language, who decided it, and what it must not be called."""
