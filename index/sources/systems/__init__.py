"""Systems: what content systems (WordPress, Ghost, Blogger) write into a post's fields -> plain records."""

__all__: list[str] = []
