"""The codebook: every tag with its uses, what it is for and the key that gives it."""
