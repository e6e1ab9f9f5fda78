"""Every word of a child meets an adult first: cases, leases, verdicts."""
