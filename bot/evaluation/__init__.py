"""What is measured, one package each."""
