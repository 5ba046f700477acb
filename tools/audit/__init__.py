"""What tools that nobody here wrote say of the product: `make audit`."""
