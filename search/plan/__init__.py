"""What a reader meant -> what the engine is asked (``recipe`` alone weighs), and what results mark."""

__all__ = [
    "expansion",
    "explaining",
    "meaning",
    "old_ways",
    "overlap",
    "planning",
    "questions",
    "readings",
    "recipe",
    "tokens",
    "trimming",
    "variants",
    "weights",
]
