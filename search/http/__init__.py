"""What the page and the API share: the site, errors as problems, request ids and response headers."""
