"""The description of the API: typed models of what it reads and gives, and the OpenAPI document of them."""

__all__ = [
    "document",
]
