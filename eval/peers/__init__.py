"""Other retrieval programs on the same questions, texts, machine and embedding model.

Each is set up as its own guide sets it up, and none has a chat model. What they need comes
with the extra `peers` and is imported in this package alone.
"""
