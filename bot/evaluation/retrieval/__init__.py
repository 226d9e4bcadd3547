"""What finding passages is judged by, and how fast it is."""
