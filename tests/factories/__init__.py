"""Test data in one place. Everything goes in through the services, as people's work does."""
