"""What the samples that are not plain files are made of: words, drawings and how to pack them."""
