"""German: the hints of sheets."""

HINTS: dict[str, str] = {
    "Write the power as an exponential, with the logarithm of the base in the exponent, and use the chain rule.": (
        "Die Potenz als Exponentialfunktion schreiben, mit dem Logarithmus der Basis im Exponenten, und die Kettenregel anwenden."
    ),
    "Add up what reaches the result along every path.": "Addieren, was auf jedem Weg beim Ergebnis ankommt.",
    "It adds up the products of matching entries, so each entry of the vector has that of the constant as its factor.": (
        "Das Skalarprodukt addiert Produkte passender Einträge, also hat jeder Eintrag des Vektors den der Konstanten als Faktor."
    ),
    "Each entry sees the same entry of the argument only, so the Jacobian is diagonal.": (
        "Jeder Eintrag hängt nur vom selben Eintrag des Arguments ab, also ist die Jacobi-Matrix diagonal."
    ),
    "Each entry sees the same entry of each argument only, so the Jacobian is diagonal.": (
        "Jeder Eintrag hängt nur vom selben Eintrag jedes Arguments ab, also ist die Jacobi-Matrix diagonal."
    ),
    "It is the inner product of a vector with itself, so the product rule holds.": (
        "Das ist das Skalarprodukt eines Vektors mit sich selbst, also gilt die Produktregel."
    ),
    "The unit vector along the argument tells the rate: moving outwards lengthens at rate one.": (
        "Der Einheitsvektor in Richtung des Arguments gibt die Rate an: Nach außen wächst die Länge mit Rate eins."
    ),
    "It is the product rule, with the reciprocal of the scalar as one factor.": (
        "Das ist die Produktregel mit dem Kehrwert des Skalars als einem Faktor."
    ),
    "All forms add up the same products of three entries.": (
        "Alle Formen addieren dieselben Produkte dreier Einträge."
    ),
    "The derivative is what multiplies {change} from the left.": (
        "Die Ableitung ist das, was {change} von links multipliziert."
    ),
    "The derivative is the matrix that multiplies {change}.": "Die Ableitung ist die Matrix, die {change} multipliziert.",
    "The derivative is the factor of {change}.": "Die Ableitung ist der Faktor von {change}.",
    "The derivative is the factor in front of {change} inside the trace.": (
        "Die Ableitung ist der Faktor vor {change} in der Spur."
    ),
    "Flatten both sides, then read off the matrix in front of {change}.": (
        "Beide Seiten zu Spalten machen, dann die Matrix vor {change} ablesen."
    ),
    "Differentiate the matrix times its inverse, which is the identity, and solve.": (
        "Die Matrix mal ihre Inverse, also die Einheitsmatrix, differenzieren und auflösen."
    ),
    "A matrix of one row and one column has one diagonal entry.": (
        "Eine Matrix mit einer Zeile und einer Spalte hat einen einzigen Diagonaleintrag."
    ),
    "A constant matrix of zeros and ones marks the places of the diagonal.": (
        "Eine konstante Matrix aus Nullen und Einsen kennzeichnet die Plätze der Diagonalen."
    ),
    "Every product of an entry of one factor with an entry of the other occurs once.": (
        "Jedes Produkt eines Eintrags des einen Faktors mit einem Eintrag des anderen kommt einmal vor."
    ),
    "The columns mix through the factor on the right, the rows through the one on the left.": (
        "Der rechte Faktor mischt die Spalten, der linke die Zeilen."
    ),
    "Each column of the outer product is the first vector times one entry of the second.": (
        "Jede Spalte des äußeren Produkts ist der erste Vektor mal ein Eintrag des zweiten."
    ),
}
