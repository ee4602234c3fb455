"""Rich text: an article's body as the block editors and corpora of others keep it, made HTML."""

__all__: list[str] = []
