"""What a page in the browser asks for: a problem worked out and an answer judged, without a server."""
