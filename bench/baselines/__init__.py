"""What the product is measured against, written plainly and run by the same server."""
