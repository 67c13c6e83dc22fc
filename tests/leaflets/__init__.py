"""A throwaway kind of page, to prove the contract: one model, one declaration, one template, and no
change elsewhere.

Installed by the tests' settings alone.
"""
