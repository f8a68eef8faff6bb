"""HTML pages, as sites serve them and as browsers save them."""
