"""A throwaway kind of page, to prove the contract: one model, one template, one registration, and no change elsewhere.

Installed by the tests' settings alone.
"""
