"""What is measured, one package each; `make evaluate` runs them."""
