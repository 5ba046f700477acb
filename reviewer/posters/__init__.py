"""What a public service can hang on a wall or hand out: posters, leaflets and cards as PDF."""
