"""Names and explanations of the rules in German."""

from __future__ import annotations

from derivgen.document.wording.casing import in_a_sentence

_NAMES: dict[str, str] = {
    "Constant rule": "Konstantenregel",
    "Derivative of the variable": "Ableitung der Variablen",
    "Constant multiple rule": "Faktorregel",
    "Sum rule": "Summenregel",
    "Difference rule": "Differenzregel",
    "Product rule": "Produktregel",
    "Quotient rule": "Quotientenregel",
    "Power rule": "Potenzregel",
    "Exponential with a constant base": "Exponentialfunktion mit konstanter Basis",
    "Power with both parts varying": "Potenz, in der sich beide Teile ändern",
    "Chain rule": "Kettenregel",
    "Exponential and logarithm": "Exponentialfunktion und Logarithmus",
    "Derivative of the exponential": "Ableitung der Exponentialfunktion",
    "Derivative of the logarithm": "Ableitung des Logarithmus",
    "Derivative of the sine": "Ableitung des Sinus",
    "Derivative of the cosine": "Ableitung des Cosinus",
    "Derivative of the tangent": "Ableitung des Tangens",
    "Derivative of the hyperbolic sine": "Ableitung des Sinus hyperbolicus",
    "Derivative of the hyperbolic cosine": "Ableitung des Cosinus hyperbolicus",
    "Derivative of the hyperbolic tangent": "Ableitung des Tangens hyperbolicus",
    "Derivative of the arcsine": "Ableitung des Arcussinus",
    "Derivative of the arccosine": "Ableitung des Arcuscosinus",
    "Derivative of the arctangent": "Ableitung des Arcustangens",
    "Derivative of the sign": "Ableitung des Vorzeichens",
    "Derivative of the step": "Ableitung der Sprungfunktion",
    "Derivative of the maximum": "Ableitung des Maximums",
    "Derivative of the minimum": "Ableitung des Minimums",
    "Square root": "Quadratwurzel",
    "Sine, cosine, tangent": "Sinus, Cosinus, Tangens",
    "Hyperbolic functions": "Hyperbelfunktionen",
    "Inverse trigonometric functions": "Arcusfunktionen",
    "Sigmoid": "Sigmoidfunktion",
    "Softplus": "Softplus",
    "Absolute value": "Betrag",
    "Sign and step": "Vorzeichen und Sprung",
    "ReLU": "ReLU",
    "Maximum and minimum": "Maximum und Minimum",
    "Partial derivative": "Partielle Ableitung",
    "Write out the components": "Die Komponenten ausschreiben",
    "Independent components": "Unabhängige Komponenten",
    "Write with indices": "Mit Indizes schreiben",
    "Derivative of a finite sum": "Ableitung einer endlichen Summe",
    "A delta keeps one index": "Ein Delta behält einen Index",
    "Back to arrays": "Zurück zu Matrizen",
    "Gradient": "Gradient",
    "Jacobian": "Jacobi-Matrix",
    "Hessian": "Hesse-Matrix",
    "Total derivative": "Totale Ableitung",
    "Identity function": "Identität",
    "Linear map": "Lineare Abbildung",
    "Inner product with a constant": "Skalarprodukt mit einer Konstanten",
    "Product rule for an inner product": "Produktregel für ein Skalarprodukt",
    "Product rule for a scalar times a vector": "Produktregel für Skalar mal Vektor",
    "Product rule for the element-wise product": "Produktregel für das Hadamard-Produkt",
    "Element-wise rule": "Elementweise Regel",
    "Element-wise rule with two arguments": "Elementweise Regel mit zwei Argumenten",
    "Scalar expansion": "Skalar zum Vektor erweitern",
    "Sum reduction": "Summe der Einträge",
    "Mean": "Mittelwert",
    "Product of the entries": "Produkt der Einträge",
    "Squared Euclidean norm": "Quadrierte euklidische Norm",
    "Euclidean norm": "Euklidische Norm",
    "1-norm": "1-Norm",
    "Log-sum-exp": "Log-Sum-Exp",
    "Jacobian of the softmax": "Jacobi-Matrix der Softmax-Funktion",
    "Vector chain rule": "Kettenregel für Vektoren",
    "Vector chain rule, denominator layout": "Kettenregel für Vektoren, Nenner-Layout",
    "Vector chain rule along several paths": "Kettenregel für Vektoren auf mehreren Wegen",
    "Differential of a constant": "Differential einer Konstanten",
    "Linearity": "Linearität",
    "Product rule for differentials": "Produktregel für Differentiale",
    "Element-wise product": "Hadamard-Produkt",
    "Transpose": "Transponierte",
    "Rearranged entries": "Umgeordnete Einträge",
    "Element-wise function": "Elementweise Funktion",
    "Sum of all entries": "Summe aller Einträge",
    "Quotient by a scalar": "Quotient durch einen Skalar",
    "Chain rule for differentials": "Kettenregel für Differentiale",
    "A scalar equals its transpose": "Ein Skalar ist gleich seiner Transponierten",
    "Move a scalar factor": "Einen skalaren Faktor verschieben",
    "Move an element-wise factor": "Einen elementweisen Faktor verschieben",
    "Diagonal matrix times vector": "Diagonalmatrix mal Vektor",
    "Product of diagonal matrices": "Produkt von Diagonalmatrizen",
    "Multiply out": "Ausmultiplizieren",
    "Inner product as a sum": "Skalarprodukt als Summe",
    "Transpose of a product": "Transponierte eines Produkts",
    "Diagonal of ones": "Diagonale aus Einsen",
    "Drop identities and zeros": "Einsen und Nullen weglassen",
    "Collect": "Zusammenfassen",
    "Identification, scalar by vector": "Ablesen, Skalar nach Vektor",
    "Identification, vector by vector": "Ablesen, Vektor nach Vektor",
    "Identification, by a scalar": "Ablesen, nach einem Skalar",
    "Change of layout": "Wechsel des Layouts",
    "Back to matrix form": "Zurück zur Matrixform",
    "Introduce an intermediate": "Eine Zwischengröße einführen",
    "Substitute back": "Zurückeinsetzen",
    "Split into cases": "In Fälle zerlegen",
    "Differential of a trace": "Differential einer Spur",
    "Differential of an inverse": "Differential einer Inversen",
    "Jacobi's formula": "Formel von Jacobi",
    "Differential of a log-determinant": "Differential einer Log-Determinante",
    "Differential of a matrix power": "Differential einer Matrixpotenz",
    "Kronecker product": "Kronecker-Produkt",
    "Squared Frobenius norm": "Quadrierte Frobenius-Norm",
    "A scalar is its own trace": "Ein Skalar ist seine eigene Spur",
    "Cyclic property of the trace": "Zyklische Vertauschung in der Spur",
    "Trace of a transpose": "Spur einer Transponierten",
    "Element-wise factor within a trace": "Elementweiser Faktor in der Spur",
    "Trace as an inner product": "Spur als Skalarprodukt",
    "Trace of a Kronecker product": "Spur eines Kronecker-Produkts",
    "Diagonal within a trace": "Diagonale in der Spur",
    "vec of a diagonal matrix": "vec einer Diagonalmatrix",
    "Sum of a Kronecker product": "Summe eines Kronecker-Produkts",
    "vec of a product": "vec eines Produkts",
    "vec of an outer product": "vec eines dyadischen Produkts",
    "vec of an element-wise product": "vec eines Hadamard-Produkts",
    "vec of a Kronecker product": "vec eines Kronecker-Produkts",
    "vec of a transpose": "vec einer Transponierten",
    "Mixed product": "Gemischtes Produkt",
    "Use an assumption": "Eine Voraussetzung benutzen",
    "Rewrite before differentiating": "Vor dem Ableiten umformen",
    "Use symmetry": "Symmetrie benutzen",
    "Identification by a matrix": "Ablesen nach einer Matrix",
    "Identification with vec": "Ablesen mit vec",
    "Symmetric gradient": "Symmetrischer Gradient",
}

_EXPLANATIONS: dict[str, str] = {
    "A quantity that never changes has rate of change zero.": "Was sich nie ändert, hat die Änderungsrate null.",
    "The variable changes at the same rate as itself.": "Die Variable ändert sich genau so schnell wie sie selbst.",
    "A constant factor moves in front of the derivative.": "Ein konstanter Faktor kommt vor die Ableitung.",
    "Differentiate term by term.": "Gliedweise ableiten.",
    "Differentiate term by term and keep the signs.": "Gliedweise ableiten und die Vorzeichen behalten.",
    "Each factor changes in turn while the other stays.": (
        "Jeder Faktor ändert sich der Reihe nach, während der andere bleibt."
    ),
    "The derivative is bottom times derivative of top minus top times derivative of bottom, over the bottom squared.": (
        "Die Ableitung ist Nenner mal Ableitung des Zählers minus Zähler mal Ableitung des Nenners, durch das Quadrat des Nenners."
    ),
    "The exponent comes down as a factor and drops by one.": "Der Exponent kommt als Faktor nach vorn und sinkt um eins.",
    "An exponential grows in proportion to itself.": "Eine Exponentialfunktion wächst proportional zu sich selbst.",
    "Write the power as exp(g log f) and use the chain rule.": (
        "Die Potenz als exp(g log f) schreiben und die Kettenregel benutzen."
    ),
    "Rates along a path multiply.": "Raten entlang eines Weges multiplizieren sich.",
    "The exponential is its own derivative; the logarithm is its inverse.": (
        "Die Exponentialfunktion ist ihre eigene Ableitung; der Logarithmus ist ihre Umkehrfunktion."
    ),
    "It is the power rule with exponent one half.": "Es ist die Potenzregel mit dem Exponenten ein halb.",
    "The derivative is an entry of the table.": "Die Ableitung steht in der Tabelle der Grundableitungen.",
    "The slope is largest where the output is one half.": "Die Steigung ist am größten, wo die Ausgabe ein halb ist.",
    "The sigmoid is the slope of softplus, the smooth ReLU.": (
        "Die Sigmoidfunktion ist die Steigung von Softplus, der glatten ReLU."
    ),
    "The slope is +1 on the right and −1 on the left; the corner has none.": (
        "Die Steigung ist rechts +1 und links −1; die Ecke hat keine."
    ),
    "The sign is constant on each side of zero.": "Das Vorzeichen ist auf jeder Seite der Null konstant.",
    "It is flat where it clips, and has slope one where it passes.": "Sie ist flach, wo sie abschneidet, und hat Steigung eins, wo sie durchlässt.",
    "Only the larger one (for min the smaller one) is seen.": "Nur das Größere (bei min das Kleinere) zählt.",
    "Treat every other variable as a number.": "Jede andere Variable wie eine Zahl behandeln.",
    "An array is its entries; each entry is a scalar expression.": (
        "Eine Matrix ist durch ihre Einträge gegeben; jeder Eintrag ist ein skalarer Ausdruck."
    ),
    "A component changes only with itself.": "Eine Komponente ändert sich nur mit sich selbst.",
    "A product of arrays is a sum over the index that both share.": (
        "Ein Matrixprodukt ist eine Summe über den gemeinsamen Index."
    ),
    "It is the sum rule, used many times.": "Es ist die Summenregel, viele Male benutzt.",
    "Of all terms only the one with equal indices is not zero.": (
        "Von allen Gliedern ist nur das mit gleichen Indizes nicht null."
    ),
    "A sum over a shared index is a row times a column.": "Eine Summe über einen gemeinsamen Index ist Zeile mal Spalte.",
    "The gradient lists all partial derivatives of one scalar function, in order.": (
        "Der Gradient enthält alle partiellen Ableitungen einer skalaren Funktion, der Reihe nach."
    ),
    "Each row is one gradient.": "Jede Zeile ist ein Gradient.",
    "The Hessian is the Jacobian of the gradient written as a column.": "Die Hesse-Matrix ist die Jacobi-Matrix des als Spalte geschriebenen Gradienten.",
    "Add up what reaches the result from x along every path.": (
        "Addieren, was das Ergebnis von x auf jedem Weg erreicht."
    ),
    "Each component depends on itself only, with slope one.": (
        "Jede Komponente hängt nur von sich selbst ab, mit Steigung eins."
    ),
    "A linear function is its own best linear approximation.": (
        "Eine lineare Funktion ist ihre eigene beste lineare Näherung."
    ),
    "Component x_i enters with weight a_i.": "Die Komponente x_i geht mit Gewicht a_i ein.",
    "Each vector changes in turn.": "Jeder Vektor ändert sich der Reihe nach.",
    "The scalar changes (column times row), then the vector changes.": (
        "Erst ändert sich der Skalar (Spalte mal Zeile), dann der Vektor."
    ),
    "Each row follows the ordinary product rule.": "Jede Zeile folgt der gewöhnlichen Produktregel.",
    "Output i sees input i only, so the Jacobian is diagonal.": (
        "Ausgabe i hängt nur von Eingabe i ab, also ist die Jacobi-Matrix diagonal."
    ),
    "Output i sees entry i of each input only, so the Jacobian is diagonal.": (
        "Ausgabe i hängt nur von Eintrag i jeder Eingabe ab, also ist die Jacobi-Matrix diagonal."
    ),
    "A scalar next to a vector stands for a vector of copies.": (
        "Ein Skalar neben einem Vektor steht für einen Vektor aus Kopien."
    ),
    "Every entry enters the sum once, with weight one.": "Jeder Eintrag geht einmal in die Summe ein, mit Gewicht eins.",
    "The mean is the sum divided by the number of entries.": (
        "Der Mittelwert ist die Summe geteilt durch die Anzahl der Einträge."
    ),
    "Remove the factor that varies.": "Den Faktor weglassen, der sich ändert.",
    "It is the inner product of r with itself, so the product rule holds.": (
        "Es ist das Skalarprodukt von r mit sich selbst, also gilt die Produktregel."
    ),
    "The unit vector along r: moving outwards lengthens at rate one.": (
        "Der Einheitsvektor in Richtung r: Nach außen wächst die Länge mit Rate eins."
    ),
    "The norm is a sum of absolute values.": "Die Norm ist eine Summe von Beträgen.",
    "Log, then sum, then exp: the quotient that remains is the softmax.": (
        "Erst Logarithmus, dann Summe, dann exp: Der Quotient, der bleibt, ist die Softmax-Funktion."
    ),
    "Raising one entry raises its own share and lowers all others.": (
        "Ein größerer Eintrag hebt seinen eigenen Anteil und senkt alle anderen."
    ),
    "Jacobians along a path multiply, the last map first.": (
        "Jacobi-Matrizen entlang eines Weges multiplizieren sich, die letzte Abbildung zuerst."
    ),
    "Transposing a product reverses it.": "Transponieren dreht ein Produkt um.",
    "Each path gives one product of Jacobians; then add them up.": (
        "Jeder Weg gibt ein Produkt von Jacobi-Matrizen; dann wird addiert."
    ),
    "A constant does not change.": "Eine Konstante ändert sich nicht.",
    "Sums and constant factors pass through d.": "Summen und konstante Faktoren gehen durch d hindurch.",
    "One factor changes at a time, in its place.": "Ein Faktor nach dem anderen ändert sich, an seinem Platz.",
    "The product rule of scalars holds in every entry.": "Die gewöhnliche Produktregel gilt in jedem Eintrag.",
    "Transposing is linear.": "Transponieren ist linear.",
    "Rearranging entries is linear.": "Einträge umzuordnen ist linear.",
    "The scalar rule holds in every entry.": "Die skalare Regel gilt in jedem Eintrag.",
    "Summation is linear.": "Summieren ist linear.",
    "It is the product rule with 1/s.": "Es ist die Produktregel mit 1/s.",
    "A differential keeps its form when the variable is itself a function: substitute one into the other.": (
        "Ein Differential behält seine Form, wenn die Variable selbst eine Funktion ist: eines in das andere einsetzen."
    ),
    "Transposing a number changes nothing.": "Eine Zahl zu transponieren ändert nichts.",
    "All three are the sum of the products p_i q_i r_i.": "Alle drei sind die Summe der Produkte p_i q_i r_i.",
    "A diagonal matrix scales entry by entry.": "Eine Diagonalmatrix skaliert Eintrag für Eintrag.",
    "Each term of the bracket is multiplied separately.": "Jedes Glied der Klammer wird einzeln multipliziert.",
    "A row times a column adds up the products of matching entries.": (
        "Eine Zeile mal eine Spalte addiert die Produkte passender Einträge."
    ),
    "Transposing a product reverses its factors.": "Transponieren kehrt die Faktoren eines Produkts um.",
    "Entries multiply on the diagonal.": "Auf der Diagonalen multiplizieren sich die Einträge.",
    "The diagonal holds ones, and there is nothing else.": "Auf der Diagonalen stehen Einsen und sonst nichts.",
    "A number may stand anywhere in a product.": "Eine Zahl darf überall in einem Produkt stehen.",
    "Never leave a factor that does nothing.": "Keinen Faktor stehen lassen, der nichts tut.",
    "Put everything in front of the same factor.": "Alles vor denselben Faktor bringen.",
    "The derivative is what multiplies dx from the left.": "Die Ableitung ist das, was dx von links multipliziert.",
    "The derivative is the matrix that multiplies dx.": "Die Ableitung ist die Matrix, die dx multipliziert.",
    "The derivative is the factor of dt.": "Die Ableitung ist der Faktor vor dt.",
    "The entries are the same; rows and columns are exchanged.": "Die Einträge sind dieselben; Zeilen und Spalten sind vertauscht.",
    "The entries, read together, are this matrix expression.": (
        "Die Einträge zusammen gelesen sind dieser Matrixausdruck."
    ),
    "Name the inner part so that each piece is a table entry.": (
        "Den inneren Teil benennen, sodass jedes Stück in der Tabelle steht."
    ),
    "Answer in the given symbols.": "Antwort in den gegebenen Symbolen.",
    "A piecewise function has a piecewise derivative.": (
        "Eine stückweise definierte Funktion hat eine stückweise definierte Ableitung."
    ),
    "The trace is linear.": "Die Spur ist linear.",
    "Differentiate X times its inverse, which is the identity, and solve.": (
        "X mal seine Inverse, also die Einheitsmatrix, ableiten und auflösen."
    ),
    "The determinant is linear in each entry, with the cofactor as its coefficient.": (
        "Die Determinante ist linear in jedem Eintrag, mit dem Kofaktor als Koeffizienten."
    ),
    "It is Jacobi's formula divided by the determinant.": "Es ist die Formel von Jacobi, geteilt durch die Determinante.",
    "Each of the factors changes in turn, in its place.": "Jeder der Faktoren ändert sich der Reihe nach, an seinem Platz.",
    "It is the sum of the squares of all entries.": "Es ist die Summe der Quadrate aller Einträge.",
    "A 1 x 1 matrix has one diagonal entry.": "Eine 1 × 1-Matrix hat einen Diagonaleintrag.",
    "The last factor of a trace may move to the front.": "Der letzte Faktor einer Spur darf nach vorn.",
    "Transposing keeps the diagonal.": "Transponieren erhält die Diagonale.",
    "Both are the sum of the products of three entries.": "Beide sind die Summe der Produkte dreier Einträge.",
    "Both add up the products of the entries.": "Beide addieren die Produkte der Einträge.",
    "The diagonal of the product holds every product of two diagonal entries.": (
        "Auf der Diagonalen des Produkts steht jedes Produkt zweier Diagonaleinträge."
    ),
    "Only the diagonal entries meet.": "Nur die Diagonaleinträge treffen sich.",
    "The vector vec(I) marks the places of the diagonal.": "Der Vektor vec(I) markiert die Plätze der Diagonalen.",
    "Every product of an entry of A with an entry of B occurs once.": (
        "Jedes Produkt eines Eintrags von A mit einem Eintrag von B kommt einmal vor."
    ),
    "The columns mix through B, the rows through A.": "Die Spalten mischt B, die Zeilen mischt A.",
    "Column j of the outer product is b_j times a.": "Spalte j des dyadischen Produkts ist b_j mal a.",
    "Every entry is scaled by its own factor.": "Jeder Eintrag hat seinen eigenen Faktor.",
    "The products of entries are the same, in another order.": "Die Produkte der Einträge sind dieselben, in anderer Reihenfolge.",
    "Transposing only reorders the entries.": "Transponieren ordnet die Einträge nur um.",
    "It holds block by block.": "Es gilt Block für Block.",
    "The page assumes it, so it may be put in.": "Die Seite setzt es voraus, also darf man es einsetzen.",
    "The other form has the simpler derivative.": "Die andere Form hat die einfachere Ableitung.",
    "It is used only where it is declared, never by guess.": "Das gilt nur, wenn es vorausgesetzt ist, nie auf Verdacht.",
    "The derivative is the factor in front of dX inside the trace.": (
        "Die Ableitung ist der Faktor, der in der Spur vor dX steht."
    ),
    "Flatten both sides, then read off the matrix in front of vec(dX).": (
        "Beide Seiten als Spalten schreiben, dann die Matrix vor vec(dX) ablesen."
    ),
    "It is the one symmetric matrix that gives df for every symmetric dS.": (
        "Es ist die eine symmetrische Matrix, die df für jedes symmetrische dS gibt."
    ),
}

# A noun keeps its capital within a sentence; these first words are none.
_SMALL = (
    "Die", "Ein", "Eine", "Einen", "Elementweise", "Elementweiser", "Euklidische", "Gemischtes", "In", "Lineare", "Mit",
    "Partielle", "Quadrierte", "Symmetrischer", "Totale", "Umgeordnete", "Unabhängige", "Vor", "Zurück", "Zyklische",
)  # fmt: skip


def _within(name: str) -> str:
    return name[:1].lower() + name[1:] if name.partition(" ")[0] in _SMALL else name


# A name stands within a list too, and an explanation goes on in a longer sentence.
RULES: dict[str, str] = {
    **{in_a_sentence(english): _within(german) for english, german in _NAMES.items()},
    **_NAMES,
    **{english.removesuffix("."): german.removesuffix(".") for english, german in _EXPLANATIONS.items()},
    **_EXPLANATIONS,
}
