"""The fixed words of a page in German: labels, heads of tables, roles, signs."""

from __future__ import annotations

LABELS: dict[str, str] = {
    # Layouts and lists.
    "shape convention": "Format-Konvention",
    "both layouts": "beide Layouts",
    "in numerator layout": "im Zähler-Layout",
    "{layout} and {view}": "{layout} und {view}",
    "{most} and {last}": "{most} und {last}",
    # Headings and labels.
    "symbol": "Symbol",
    "shape": "Format",
    "role": "Bedeutung",
    "page": "Seite",
    "function": "Funktion",
    "Derivatives with respect to {variables}": "Ableitungen nach {variables}",
    "Second derivatives with respect to {variables}": "Zweite Ableitungen nach {variables}",
    ", then to {variables}": ", dann nach {variables}",
    "Given": "Gegeben",
    "Plan.": "Plan.",
    "Steps, in {layout}": "Schritte im {layout}",
    "The gradient is found in steps {first} to {last}.": "Den Gradienten liefern die Schritte {first} bis {last}.",
    "Layouts": "Layouts",
    "The steps below are in {layout}; what stands here is the transpose of their result.": (
        "Die Schritte unten stehen im {layout}; hier steht das Transponierte ihres Ergebnisses."
    ),
    "Holds when": "Gilt, falls",
    "Holds": "Gilt",
    "everywhere.": "überall.",
    "where {conditions}": "falls {conditions}",
    "Check": "Probe",
    "formula, {layout}": "Formel, {layout}",
    "finite differences": "Differenzenquotient",
    "No point with short numbers was found; every line above was checked at random points.": (
        "Es fand sich kein Punkt mit kurzen Zahlen; jede Zeile oben wurde an zufälligen Punkten geprüft."
    ),
    "The arrays of numbers are too large for a table; every line above was checked at random points.": (
        "Die Felder von Zahlen sind zu groß für eine Tabelle; jede Zeile oben wurde an zufälligen Punkten geprüft."
    ),
    "The check as a program, with NumPy alone": "Die Probe als Programm, nur mit NumPy",
    "SymPy, used as an independent check, finds the same derivative.": (
        "SymPy findet als unabhängige Probe dieselbe Ableitung."
    ),
    "Remark.": "Bemerkung.",
    "Common mistake.": "Häufiger Fehler.",
    "Shape convention.": "Format-Konvention.",
    "References": "Literatur",
    "Left out.": "Weggelassen.",
    "NumPy source, in {layout}": "NumPy-Quelltext, {layout}",
    "Underlined in a step is what it has made, dotted below what the next step rewrites.": (
        "Unterstrichen ist, was ein Schritt ergeben hat; punktiert, was der nächste umformt."
    ),
    "Condition: {conditions}": "Bedingung: {conditions}",
    # The table of the check.
    "The logarithms are natural: {power} = {number}.": "Die Logarithmen sind natürliche: {power} = {number}.",
    "The point is the same as in part {part}.": "Der Punkt ist derselbe wie in Teil {part}.",
    "Here {number} stands in the place of {size}.": "Hier steht {number} anstelle von {size}.",
    "value": "Wert",
    "quantity": "Größe",
    "one side of the kink": "eine Seite des Knicks",
    "the other side": "die andere Seite",
    "The value of {function} is rounded to four places.": "Der Wert von {function} ist auf vier Stellen gerundet.",
    "The values of {functions} are rounded to four places.": "Die Werte von {functions} sind auf vier Stellen gerundet.",
    "Numbers are rounded to four places.": "Die Zahlen sind auf vier Stellen gerundet.",
    # What is given.
    "scalar": "Skalar",
    "vector": "Vektor",
    "{kind}, constant": "{kind}, konstant",
    "{kind}, the variable": "{kind}, die Variable",
    "{kind}, a variable": "{kind}, eine Variable",
    " and symmetric": " und symmetrisch",
    "any differentiable function of {variables}": "eine beliebige differenzierbare Funktion von {variables}",
    "an intermediate function": "eine Zwischenfunktion",
    "{role}, also a variable": "{role}, auch eine Variable",
    "an intermediate vector": "ein Zwischenvektor",
    "an intermediate matrix": "eine Zwischenmatrix",
    "the function": "die Funktion",
    "the vector of functions": "der Vektor der Funktionen",
    "the matrix": "die Matrix",
    "a function, entry {place} of {whole}": "eine Funktion, Eintrag {place} von {whole}",
    "the variables, in this order": "die Variablen, in dieser Reihenfolge",
    "a size: any whole number from 1 up": "eine Größe: jede ganze Zahl ab 1",
    "sizes: whole numbers from 1 up": "Größen: ganze Zahlen ab 1",
    "the change of {variable}, to first order": "die Änderung von {variable}, in erster Ordnung",
    "the change of {variable}, which step {step} names": "die Änderung von {variable}, das Schritt {step} benennt",
    "changes of these, to first order; each has the shape of what changes": (
        "deren Änderungen, in erster Ordnung; jede hat das Format dessen, was sich ändert"
    ),
    " with {defined}": " mit {defined}",
    # Reference pages.
    "derivative": "Ableitung",
    "rule": "Regel",
    "in general": "allgemein",
    "{why} Source: {source}.": "{why} Quelle: {source}.",
    "Holds when {condition}.": "Gilt, falls {condition}.",
    "forward accumulation, from the variable on": "vorwärts multipliziert, von der Variablen aus",
    "backward accumulation, from the result on": "rückwärts multipliziert, vom Ergebnis aus",
    "Functions of a scalar": "Funktionen eines Skalars",
    "Functions of a vector": "Funktionen eines Vektors",
    "Functions of a matrix": "Funktionen einer Matrix",
    "Rules": "Regeln",
    "Shapes": "Formate",
    # Signs.
    "transpose: rows and columns exchanged": "Transponierte: Zeilen und Spalten vertauscht",
    "inverse: times the matrix it is the identity matrix": "Inverse: mal der Matrix ergibt sie die Einheitsmatrix",
    "transpose of the inverse, which is the inverse of the transpose": (
        "Transponierte der Inversen, also Inverse der Transponierten"
    ),
    "power of a square matrix: so many factors of it": "Potenz einer quadratischen Matrix: so viele Faktoren davon",
    "element-wise product": "elementweises Produkt (Hadamard-Produkt)",
    "element-wise division": "elementweise Division",
    "Kronecker product: each entry of the left array times the whole right one": (
        "Kronecker-Produkt: jeder Eintrag links mal alles, was rechts steht"
    ),
    "trace: the sum of the entries on the diagonal": "Spur: die Summe der Einträge auf der Diagonalen",
    "determinant": "Determinante",
    "natural logarithm of the determinant": "natürlicher Logarithmus der Determinante",
    "the columns stacked, one below the other": "die Spalten untereinander gestapelt",
    "commutation matrix: it turns vec of a matrix of these sizes into vec of its transpose": (
        "Kommutationsmatrix: sie macht aus vec einer Matrix dieser Größen vec ihrer Transponierten"
    ),
    "the vector of ones": "der Vektor aus Einsen",
    "the matrix of ones": "die Matrix aus Einsen",
    "zeros only": "nur Nullen",
    "identity matrix": "Einheitsmatrix",
    "Kronecker delta: 1 where its two indices are equal, else 0": (
        "Kronecker-Delta: 1, wo seine zwei Indizes gleich sind, sonst 0"
    ),
    "sum over the letter below, from 1 to the size above": (
        "Summe über den Buchstaben unten, von 1 bis zur Größe oben"
    ),
    "unit vector: a one in the place of its index, zeros elsewhere": (
        "Einheitsvektor: eine Eins an der Stelle seines Index, sonst Nullen"
    ),
    "entry by entry: the second argument where the condition holds, else the third": (
        "Eintrag für Eintrag: das zweite Argument, wo die Bedingung gilt, sonst das dritte"
    ),
    "indicator: 1 where the condition holds, else 0": "Indikator: 1, wo die Bedingung gilt, sonst 0",
    "diagonal matrix with these entries on its diagonal": "Diagonalmatrix mit diesen Einträgen auf der Diagonalen",
    "the entries on the diagonal, as a vector": "die Einträge auf der Diagonalen, als Vektor",
    "natural logarithm": "natürlicher Logarithmus",
    "sum of the entries divided by their number": "Summe der Einträge, geteilt durch ihre Anzahl",
    "product of all entries": "Produkt aller Einträge",
    "1-norm: the sum of the absolute values of the entries": "1-Norm: die Summe der Beträge der Einträge",
    "ReLU: the larger of 0 and the argument": "ReLU: das Größere von 0 und dem Argument",
    "maximum: the larger of the two": "Maximum: das Größere der beiden",
    "minimum: the smaller of the two": "Minimum: das Kleinere der beiden",
    "sign: 1 where the argument is positive, −1 where it is negative": (
        "Vorzeichen: 1, wo das Argument positiv ist, −1, wo es negativ ist"
    ),
    "softmax: the exponential of each entry, divided by the sum of the exponentials of all entries": (
        "Softmax: die Exponentialfunktion jedes Eintrags, geteilt durch die Summe der Exponentialfunktionen aller"
    ),
    "softmax: entry {index} is {share}": "Softmax: Eintrag {index} ist {share}",
    "logarithm of the sum of the exponentials of all entries": (
        "Logarithmus der Summe der Exponentialfunktionen aller Einträge"
    ),
    "softplus, log(1 + exp(z))": "Softplus, log(1 + exp(z))",
    "{role}; {kind}": "{role}; {kind}",
    "acts entry by entry": "wirkt Eintrag für Eintrag",
    "{meaning}, entry by entry": "{meaning}, Eintrag für Eintrag",
    "sigmoid, 1/(1 + exp(−z))": "Sigmoidfunktion, 1/(1 + exp(−z))",
    "Euclidean norm": "euklidische Norm",
    "Frobenius norm: the root of the sum of the squared entries": (
        "Frobenius-Norm: die Wurzel aus der Summe der quadrierten Einträge"
    ),
    "Heaviside function: 1 where its argument is positive, else 0": (
        "Heaviside-Funktion: 1, wo ihr Argument positiv ist, sonst 0"
    ),
    "indicator: 1 where x > 0, else 0": "Indikator: 1, wo x > 0, sonst 0",
    "element-wise power": "elementweise Potenz",
    "a component of a vector, counted from 1": "eine Komponente eines Vektors, ab 1 gezählt",
    "a matrix": "eine Matrix",
    "a scalar": "ein Skalar",
    "a vector, always a column": "ein Vektor, immer eine Spalte",
    "an entry of a matrix: row, then column": "ein Eintrag einer Matrix: erst Zeile, dann Spalte",
    "derivative; its layout is always said": "Ableitung; ihr Layout wird immer genannt",
    "differential: the change of what follows, to first order": (
        "Differential: die Änderung dessen, was folgt, in erster Ordnung"
    ),
    "gradient as a column: the row of derivatives, transposed": (
        "Gradient als Spalte: die transponierte Zeile der Ableitungen"
    ),
    "gradient: the column of the partial derivatives": "Gradient: die Spalte der partiellen Ableitungen",
    "sign": "Zeichen",
    "meaning": "Bedeutung",
    # Conditions.
    "{left} is {relation}": "{left} ist {relation}",
    "invertible": "invertierbar",
    "positive definite": "positiv definit",
    "{comparison} in every entry": "{comparison} in jedem Eintrag",
    "{left} ≠ {right} in every entry off the diagonal": "{left} ≠ {right} in jedem Eintrag neben der Diagonale",
    "{left} ≠ {right}, unless both are the same nearby": "{left} ≠ {right}, außer wo beide ringsum gleich sind",
    "{left} ≠ {right} in every other entry": "{left} ≠ {right} in jedem anderen Eintrag",
    ", and {condition}": ", und {condition}",
}
