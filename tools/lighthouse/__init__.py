"""What Lighthouse says of the portal's pages: `make lighthouse`."""
