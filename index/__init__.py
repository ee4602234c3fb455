"""Articles -> index. Knows no HTTP and never imports search/."""
