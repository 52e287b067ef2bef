"""What asks one thing and goes away."""
