"""File bytes to `Document`, one module a format. Readers only produce documents; everything else consumes them."""
