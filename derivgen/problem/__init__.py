"""A problem: names resolved, expressions parsed, shapes known."""
