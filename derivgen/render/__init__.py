"""Documents to HTML, LaTeX, Typst, PDF and JSON; the only place that knows these tools."""
