"""Word documents (OOXML), read by mammoth after what it passes over is put into words that it knows."""
