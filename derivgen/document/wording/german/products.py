"""German for the sentences of why where arrays are multiplied, and where d passes into their entries."""

from __future__ import annotations

PRODUCTS: dict[str, str] = {
    "{product} adds up the products of matching entries, so each entry of {inner} has the matching entry of the constant {constant} as its factor.": (
        "{product} addiert die Produkte passender Einträge, also hat jeder Eintrag von {inner} den passenden Eintrag der Konstanten {constant} als Faktor."
    ),
    "{product} adds up products of matching entries, so each entry of {inner} has that of {constant} as its factor; {terms}.": (
        "{product} addiert Produkte passender Einträge, also hat jeder Eintrag von {inner} den von {constant} als Faktor; {terms}."
    ),
    "A trace lets d pass.": "Durch eine Spur geht d hindurch.",
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
    "Both sides add up the same products, entry by entry; the division by {divisor} may stand with the row.": (
        "Beide Seiten addieren dieselben Produkte, Eintrag für Eintrag; die Division durch {divisor} darf bei der Zeile stehen."
    ),
    "Written as the transpose of the column {column}, the row in front can take up {constant} entry by entry.": (
        "Als Transponierte der Spalte {column} geschrieben, kann die Zeile vorn {constant} elementweise aufnehmen."
    ),
    "{function} only picks and places entries of {inner}, and the same happens to their changes.": (
        "{function} wählt und ordnet nur Einträge von {inner}, und mit ihren Änderungen geschieht dasselbe."
    ),
    "Each entry changes by itself, in its place.": "Jeder Eintrag ändert sich für sich, an seinem Platz.",
    "One entry of {inner} changes at a time; the product of the others is {product} divided by that entry.": (
        "Ein Eintrag von {inner} nach dem anderen ändert sich; das Produkt der übrigen ist {product} durch diesen Eintrag."
    ),
    "Entry by entry it is a fraction with an entry of {second} below the stroke.": (
        "Eintrag für Eintrag ist es ein Bruch mit einem Eintrag von {second} unter dem Strich."
    ),
    "The fraction is {first} times the reciprocal of {second}, so the product rule holds.": (
        "Der Bruch ist {first} mal der Kehrwert von {second}, also gilt die Produktregel."
    ),
    "The norm adds up the absolute values of the entries of {inner}; each grows at the rate of its sign.": (
        "Die Norm addiert die Beträge der Einträge von {inner}; jeder wächst mit der Rate seines Vorzeichens."
    ),
    "Every product of an entry of {first} with an entry of {second} occurs once.": (
        "Jedes Produkt eines Eintrags von {first} mit einem Eintrag von {second} kommt einmal vor."
    ),
}
