"""What benchmarks of serving share: servers in processes of their own, what they serve, load, and reports."""
