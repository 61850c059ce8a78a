"""What is on the shelf: documents become chunks, vectors and words, and are kept."""
