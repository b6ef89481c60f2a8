"""What other programs may ask, by whatever way they come: it only reads."""
