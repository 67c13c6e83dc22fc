from .terms import admin

__all__ = ["admin"]
