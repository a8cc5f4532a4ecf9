"""A folder of specs to a built site."""
