"""What is told of wrong answers, in German."""

from __future__ import annotations

MISTAKES: dict[str, str] = {
    "This is the function, not its derivative.": "Das ist die Funktion, nicht ihre Ableitung.",
    "Only {variable} varies here; {other} is a constant.": "Hier ändert sich nur {variable}; {other} ist konstant.",
    "The product rule has two terms: u'v + uv'.": "Die Produktregel hat zwei Summanden: u'v + uv'.",
    "The variable also acts through {inner}: each way adds a term.": (
        "Die Variable wirkt auch über {inner}: Jeder Weg gibt einen Summanden."
    ),
    "Check the quotient rule: (u'v - uv')/v^2.": "Prüfen Sie die Quotientenregel: (u'v - uv')/v^2.",
    "Entry i also depends on x_j for j != i; the off-diagonal terms are missing.": (
        "Eintrag i hängt auch von x_j mit j != i ab; die Terme neben der Diagonale fehlen."
    ),
    "Divide by the sum: the result is a softmax.": "Teilen Sie durch die Summe: Es kommt ein Softmax heraus.",
    "The sign of each entry matters.": "Auf das Vorzeichen jedes Eintrags kommt es an.",
    "Right only if {matrix} is symmetric, and it is not declared so.": (
        "Richtig nur für ein symmetrisches {matrix}, und das ist nicht vorausgesetzt."
    ),
    "The derivative of the activation at {inner} is missing.": "Die Ableitung der Aktivierung bei {inner} fehlt.",
    "You used the activation where its derivative belongs.": ("Die Aktivierung steht da, wo ihre Ableitung hingehört."),
    "The exponent drops by one.": "Der Exponent wird um eins kleiner.",
    "The factors of a trace may be rotated, not reversed.": (
        "Die Faktoren in einer Spur darf man zyklisch vertauschen, aber nicht umkehren."
    ),
    "The sizes do not meet; a transpose is missing.": "Die Größen passen nicht zusammen; eine Transponierte fehlt.",
    "The chain rule needs the derivative of {inner} too.": "Zur Kettenregel gehört auch die Ableitung von {inner}.",
    "An elementwise function has a diagonal Jacobian: put these entries on the diagonal.": (
        "Eine elementweise Funktion hat eine diagonale Jacobi-Matrix: Diese Einträge gehören auf die Diagonale."
    ),
    "You stacked rows; here vec stacks columns.": "Hier sind Zeilen gestapelt; vec stapelt Spalten.",
    "{variable} occurs more than once: each place adds a term.": (
        "{variable} kommt mehrmals vor: Jede Stelle gibt einen Summanden."
    ),
    "The determinant and its logarithm have different derivatives.": (
        "Die Determinante und ihr Logarithmus haben verschiedene Ableitungen."
    ),
    "The mean divides by the number of entries.": "Der Mittelwert teilt durch die Anzahl der Einträge.",
    "You have twice the answer.": "Das ist das Doppelte der Lösung.",
    "This is half of the answer.": "Das ist die Hälfte der Lösung.",
    "You have half of the answer: where does a 2 come from?": ("Das ist die Hälfte der Lösung: Woher kommt eine 2?"),
    "This is the derivative of another power of the norm.": "Das ist die Ableitung einer anderen Potenz der Norm.",
    "Only the sign is wrong.": "Nur das Vorzeichen ist falsch.",
    "The variable acts on every entry: the derivative is a vector of ones.": (
        "Die Variable wirkt auf jeden Eintrag: Die Ableitung ist ein Vektor aus Einsen."
    ),
    "The derivative is a multiple of the identity matrix, not a number.": (
        "Die Ableitung ist ein Vielfaches der Einheitsmatrix, keine Zahl."
    ),
    "{term} does not contain the variable, so it drops out.": "{term} enthält die Variable nicht und fällt weg.",
    "The factor {factor} got lost.": "Der Faktor {factor} ist verloren gegangen.",
    "This is the derivative in the other layout.": "Das ist die Ableitung im anderen Layout.",
    "The components of the gradient were added up; keep them as a vector.": (
        "Die Komponenten des Gradienten sind addiert; lassen Sie sie als Vektor stehen."
    ),
    "The derivative of {function} is missing.": "Die Ableitung von {function} fehlt.",
    "You used {function} where its derivative belongs.": "{function} steht da, wo seine Ableitung hingehört.",
    "{variable} occurs {places} times; you differentiated {kept} of them.": (
        "{variable} kommt an {places} Stellen vor; nur nach {kept} davon ist abgeleitet."
    ),
    "This is the derivative of another norm, or of another power of it.": (
        "Das ist die Ableitung einer anderen Norm oder einer anderen Potenz."
    ),
    "This is the derivative with respect to {variable}; the question asks for {asked}.": (
        "Das ist die Ableitung nach {variable}; gefragt ist die nach {asked}."
    ),
    "This is the {order} derivative.": "Das ist die {order} Ableitung.",
    "Off by the constant factor {factor}.": "Um den konstanten Faktor {factor} daneben.",
    "The trace of a product is not a product of traces; use cyclic order.": (
        "Die Spur eines Produkts ist kein Produkt von Spuren; vertauschen Sie zyklisch."
    ),
    "The factor is the determinant, not the trace.": "Der Faktor ist die Determinante, nicht die Spur.",
    "Matrices do not commute: d(X^-1) = -X^-1 dX X^-1.": (
        "Matrizen lassen sich nicht vertauschen: d(X^-1) = -X^-1 dX X^-1."
    ),
    "X**-1 acts on each entry; the inverse is inv(X).": ("X**-1 wirkt auf jeden Eintrag; die Inverse ist inv(X)."),
    "The chain rule multiplies the outer derivative first (numerator layout): the order matters.": (
        "Die Kettenregel multipliziert die äußere Ableitung zuerst (Zähler-Layout): Auf die Reihenfolge kommt es an."
    ),
    "* multiplies entry by entry; the matrix product is @.": (
        "* multipliziert Eintrag für Eintrag; das Matrixprodukt ist @."
    ),
    "The function multiplies entry by entry; keep * (or use diag).": (
        "Die Funktion multipliziert Eintrag für Eintrag; lassen Sie * stehen (oder nehmen Sie diag)."
    ),
    "The derivative is a matrix here: the outer product of the two vectors, not the inner one.": (
        "Die Ableitung ist hier eine Matrix: das äußere Produkt der beiden Vektoren, nicht das innere."
    ),
    "Right only if the matrices commute.": "Richtig nur, wenn sich die Matrizen vertauschen lassen.",
}
