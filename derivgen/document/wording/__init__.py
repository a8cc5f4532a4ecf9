"""The sentences of a page in English. Words are str and symbols are Expr; formats set both."""
