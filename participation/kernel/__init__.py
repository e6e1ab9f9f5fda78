"""The kernel: what every room stands on; it knows no word of the domain."""
