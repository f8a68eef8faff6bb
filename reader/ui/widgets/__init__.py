"""Small pieces of the window, each knowing only what it is given."""
