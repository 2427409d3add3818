"""How the world talks to us. Edges never import one another."""
