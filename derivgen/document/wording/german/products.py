"""German for the sentences of why where Jacobians are multiplied and what comes of it is shortened."""

from __future__ import annotations

PRODUCTS: dict[str, str] = {
    "A row times a diagonal matrix is an entry-by-entry product with {constant}.": (
        "Eine Zeile mal eine Diagonalmatrix ist ein elementweises Produkt mit {constant}."
    ),
    "A diagonal matrix times a column is an entry-by-entry product with {constant}.": (
        "Eine Diagonalmatrix mal eine Spalte ist ein elementweises Produkt mit {constant}."
    ),
    "A row times a diagonal matrix is an entry-by-entry product with {constant}; the division by {constant} cancels.": (
        "Eine Zeile mal eine Diagonalmatrix ist ein elementweises Produkt mit {constant}; die Division durch {constant} hebt sich auf."
    ),
    "{row} multiplies {first} and {second}, each by itself.": "{row} multipliziert {first} und {second} einzeln.",
    "All terms are transposes: {inner} is formed first and transposed once.": (
        "Alle Glieder sind transponiert: Erst wird {inner} gebildet, dann einmal transponiert."
    ),
}
