"""What a page says after its steps, in German: layouts, conditions, remarks, common mistakes."""

from __future__ import annotations

NOTES: dict[str, str] = {
    # Layouts.
    "One function and one variable: the derivative is {shape}, and both layouts print the same.": (
        "Eine Funktion und eine Variable: Die Ableitung ist {shape}, und beide Layouts ergeben dasselbe."
    ),
    "The Hessian is symmetric, so both layouts print the same matrix.": (
        "Die Hesse-Matrix ist symmetrisch, also ergeben beide Layouts dieselbe Matrix."
    ),
    "Numerator layout writes the partial derivatives as a row {shape}, denominator layout as a column {turned}, shaped like the variable; the entries are the same.": (
        "Das Zähler-Layout schreibt die partiellen Ableitungen als Zeile {shape}, das Nenner-Layout als Spalte {turned} im Format der Variablen; die Einträge sind dieselben."
    ),
    "Numerator layout has the shape of the function {shape}; denominator layout is its transpose {turned}.": (
        "Das Zähler-Layout hat das Format der Funktion {shape}; das Nenner-Layout ist die Transponierte davon {turned}."
    ),
    "Numerator layout writes one row for each function {shape}; denominator layout turns this into a row {turned}. The entries are the same.": (
        "Das Zähler-Layout schreibt eine Zeile für jede Funktion {shape}; das Nenner-Layout macht daraus eine Zeile {turned}. Die Einträge sind dieselben."
    ),
    "Denominator layout is the transpose; this matrix equals its transpose, so both layouts print the same.": (
        "Das Nenner-Layout ist die Transponierte; diese Matrix ist gleich ihrer Transponierten, also ergeben beide Layouts dasselbe."
    ),
    "In numerator layout each row belongs to one function; denominator layout is the transpose, so there each row belongs to one variable.": (
        "Im Zähler-Layout gehört jede Zeile zu einer Funktion; das Nenner-Layout ist die Transponierte, dort gehört also jede Zeile zu einer Variablen."
    ),
    "Denominator layout is the transpose of numerator layout; this gradient is symmetric, so both print the same.": (
        "Das Nenner-Layout ist die Transponierte des Zähler-Layouts; dieser Gradient ist symmetrisch, also ergeben beide dasselbe."
    ),
    "Denominator layout has the shape of the variable {shape}: each entry stands where its variable stands. Numerator layout is its transpose": (
        "Das Nenner-Layout hat das Format der Variablen {shape}: Jeder Eintrag steht, wo seine Variable steht. Das Zähler-Layout ist die Transponierte davon"
    ),
    "{shaped}. Both have the same shape, so the shape cannot tell which one it is: always say it.": (
        "{shaped}. Beide haben dasselbe Format, daran ist das Layout also nicht zu erkennen: Man sage es immer dazu."
    ),
    "{shaped} {shape}.": "{shaped} {shape}.",
    "One function and one variable: the derivative is the same in every convention.": (
        "Eine Funktion und eine Variable: Die Ableitung ist in jeder Konvention dieselbe."
    ),
    "A gradient is written in the shape of its variable, here like {variable} {shape}, and a Jacobian in numerator layout. Both meet in a chain rule: there the gradient is transposed first.": (
        "Ein Gradient wird im Format seiner Variablen geschrieben, hier wie {variable} {shape}, eine Jacobi-Matrix im Zähler-Layout. Wo beide in einer Kettenregel zusammentreffen, wird der Gradient zuerst transponiert."
    ),
    "the column of the variables": "die Spalte der Variablen",
    "Only the gradient is written in the shape of its variable; the Hessian is the Jacobian of that column, in numerator layout.": (
        "Nur der Gradient wird im Format seiner Variablen geschrieben; die Hesse-Matrix ist die Jacobi-Matrix dieser Spalte, im Zähler-Layout."
    ),
    "The gradient in the shape of its variable comes first; its Jacobian is written in numerator layout.": (
        "Zuerst kommt der Gradient im Format seiner Variablen; seine Jacobi-Matrix steht im Zähler-Layout."
    ),
    "Only gradients of scalar functions are written in the shape of their variable; this Jacobian stays in numerator layout.": (
        "Nur Gradienten skalarer Funktionen werden im Format ihrer Variablen geschrieben; diese Jacobi-Matrix bleibt im Zähler-Layout."
    ),
    "{variable} is symmetric: only its symmetric changes count, and the matrix that keeps the symmetric part of a change stands at the end.": (
        "{variable} ist symmetrisch: Nur symmetrische Änderungen zählen, und am Ende steht die Matrix, die den symmetrischen Teil einer Änderung behält."
    ),
    ", with {letter} for the answer above": ", mit {letter} für die Antwort oben",
    "{variable} is symmetric, and this is the symmetric gradient, which gives the change of the function for every symmetric change of {variable}. The Matrix Cookbook has another form, which counts each pair of equal entries as one variable: {structured}{end}.": (
        "{variable} ist symmetrisch, und dies ist der symmetrische Gradient: Er gibt die Änderung der Funktion für jede symmetrische Änderung von {variable}. Das Matrix Cookbook hat eine andere Form, die jedes Paar gleicher Einträge als eine Variable zählt: {structured}{end}."
    ),
    "A square Jacobian has the same shape in both, so the shape cannot tell which one it is: always say it.": (
        "Eine quadratische Jacobi-Matrix hat in beiden dasselbe Format, daran ist das Layout also nicht zu erkennen: Man sage es immer dazu."
    ),
    "In numerator layout each row belongs to one entry of the first derivative, column after column; denominator layout is the transpose of the whole.": (
        "Im Zähler-Layout gehört jede Zeile zu einem Eintrag der ersten Ableitung, Spalte für Spalte; das Nenner-Layout ist die Transponierte des Ganzen."
    ),
    "In numerator layout each row belongs to one function and each column to one entry of {variable}, column after column; denominator layout is the transpose.": (
        "Im Zähler-Layout gehört jede Zeile zu einer Funktion und jede Spalte zu einem Eintrag von {variable}, Spalte für Spalte; das Nenner-Layout ist die Transponierte."
    ),
    "In numerator layout the rows belong to {first} and the columns to {then}; denominator layout is the transpose.": (
        "Im Zähler-Layout gehören die Zeilen zu {first} und die Spalten zu {then}; das Nenner-Layout ist die Transponierte."
    ),
    "Numerator layout has each entry where the function has it; denominator layout is the transpose. Both have the same shape, so the shape cannot tell which one it is: always say it.": (
        "Im Zähler-Layout steht jeder Eintrag, wo ihn die Funktion hat; das Nenner-Layout ist die Transponierte. Beide haben dasselbe Format, daran ist das Layout also nicht zu erkennen: Man sage es immer dazu."
    ),
    "The second derivative is a number, {shape}, and both layouts print the same.": (
        "Die zweite Ableitung ist eine Zahl, {shape}, und beide Layouts ergeben dasselbe."
    ),
    "The shapes tell them apart: {shape} and {other}.": "Das Format unterscheidet beide: {shape} und {other}.",
    "{turned} {test}": "{turned} {test}",
    # Common mistakes.
    "Mixing the two forms for a symmetric variable. Off the diagonal they differ by a factor of 2; a test with a diagonal matrix cannot tell them apart.": (
        "Die zwei Formen für eine symmetrische Variable vermischen. Abseits der Diagonalen unterscheiden sie sich um den Faktor 2; ein Test mit einer Diagonalmatrix merkt das nicht."
    ),
    "Giving a value at the kink. There the slopes from the two sides differ, so no derivative exists; software merely picks one.": (
        "Am Knick einen Wert angeben. Dort unterscheiden sich die Steigungen beider Seiten, also gibt es keine Ableitung; Software wählt bloß eine aus."
    ),
    "Multiplying with the last function first, as in numerator layout. In denominator layout the order is reversed: only so do the inner sizes match.": (
        "Mit der letzten Funktion beginnen wie im Zähler-Layout. Im Nenner-Layout ist die Reihenfolge umgekehrt: Nur so passen die inneren Größen."
    ),
    "Multiplying in the order in which the functions are computed. In numerator layout the last function stands first: only so do the inner sizes match.": (
        "In der Reihenfolge multiplizieren, in der die Funktionen berechnet werden. Im Zähler-Layout steht die letzte Funktion vorn: Nur so passen die inneren Größen."
    ),
    "Keeping a matrix that is not symmetric. The order of the two derivatives does not matter, so a Hessian equals its transpose: a test that costs nothing.": (
        "Eine nicht symmetrische Matrix stehen lassen. Die Reihenfolge der zwei Ableitungen ist gleichgültig, also ist eine Hesse-Matrix gleich ihrer Transponierten: eine Probe, die nichts kostet."
    ),
    "Taking a step in {x} with the numerator layout. It has the shape of {transposed}; only the denominator layout has that of {x}.": (
        "Mit dem Zähler-Layout einen Schritt in {x} machen. Es hat das Format von {transposed}; nur das Nenner-Layout hat das von {x}."
    ),
    "Confusing the two vectors of partial derivatives. In numerator layout a row means many variables, a column means many functions.": (
        "Die zwei Vektoren partieller Ableitungen verwechseln. Im Zähler-Layout bedeutet eine Zeile viele Variablen, eine Spalte viele Funktionen."
    ),
    "Mixing layouts: reading row 1 of a denominator-layout Jacobian as the gradient of the first function. Compare one entry off the diagonal.": (
        "Layouts vermischen: Zeile 1 einer Jacobi-Matrix im Nenner-Layout als Gradienten der ersten Funktion lesen. Man vergleiche einen Eintrag abseits der Diagonalen."
    ),
    # Remarks.
    "A linear map is its own best linear approximation: its derivative is its matrix and does not depend on {variable}.": (
        "Eine lineare Abbildung ist ihre eigene beste lineare Näherung: Ihre Ableitung ist ihre Matrix und hängt nicht von {variable} ab."
    ),
    "Nothing is assumed of {of} but that its partial derivatives exist; every Jacobian is a case of this one.": (
        "Von {of} ist nur vorausgesetzt, dass die partiellen Ableitungen existieren; jede Jacobi-Matrix ist ein Fall von dieser."
    ),
    "Software stores gradients shaped like the variable: that is the denominator layout, often written as a column with the sign ∇.": (
        "Software speichert Gradienten im Format der Variablen: Das ist das Nenner-Layout, oft als Spalte mit dem Zeichen ∇ geschrieben."
    ),
    "Where the ReLU is off no change passes: there the derivative is 0, whatever stands behind it.": (
        "Wo die ReLU aus ist, kommt keine Änderung durch: Dort ist die Ableitung 0, was auch immer dahinter steht."
    ),
    "Numerator layout multiplies in the opposite order: the derivative of the last function first, then back to the variable.": (
        "Das Zähler-Layout multipliziert in umgekehrter Reihenfolge: zuerst die Ableitung der letzten Funktion, dann zurück zur Variablen."
    ),
    "Denominator layout multiplies the transposed Jacobians in the opposite order, since transposing a product reverses it.": (
        "Das Nenner-Layout multipliziert die transponierten Jacobi-Matrizen in umgekehrter Reihenfolge, denn Transponieren dreht ein Produkt um."
    ),
    # The wrong answer of a likely mistake.
    "{formula} in {layout}": "{formula} im {layout}",
    "The wrong answer {claim} is the function itself. A constant does not change, so its derivative is 0.": (
        "Die falsche Antwort {claim} ist die Funktion selbst. Eine Konstante ändert sich nicht, ihre Ableitung ist also 0."
    ),
    "The wrong answer {claim} differentiates with respect to {variable} and {other} at once. Here {other} is a constant.": (
        "Die falsche Antwort {claim} leitet nach {variable} und nach {other} zugleich ab. Hier ist {other} eine Konstante."
    ),
    "The wrong answer {claim} multiplies the derivatives of {left} and {right}. The product rule has two terms.": (
        "Die falsche Antwort {claim} multipliziert die Ableitungen von {left} und {right}. Die Produktregel hat zwei Glieder."
    ),
    "The wrong answer {claim} leaves out the way through {inner}. Each way from the variable to the function adds a term.": (
        "Die falsche Antwort {claim} lässt den Weg über {inner} aus. Jeder Weg von der Variablen zur Funktion gibt ein Glied."
    ),
    "The wrong answer {claim} has a plus where the quotient rule has a minus.": (
        "Die falsche Antwort {claim} hat ein Plus, wo die Quotientenregel ein Minus hat."
    ),
    "The wrong answer {claim} takes the Jacobian of the softmax as diagonal. Each entry of the softmax depends on every entry of its argument.": (
        "Die falsche Antwort {claim} hält die Jacobi-Matrix der Softmax-Funktion für diagonal. Jeder Eintrag von ihr hängt von jedem Eintrag ihres Arguments ab."
    ),
    "The wrong answer {claim} leaves out the division by the sum.": "Die falsche Antwort {claim} lässt die Division durch die Summe aus.",
    "The wrong answer {claim} leaves out the absolute values. The sign of each entry counts.": (
        "Die falsche Antwort {claim} lässt die Beträge aus. Das Vorzeichen jedes Eintrags zählt."
    ),
    "The wrong answer {claim} is right only if {matrix} is symmetric.": "Die falsche Antwort {claim} stimmt nur, wenn {matrix} symmetrisch ist.",
    "The wrong answer {claim} leaves out the slope of the activation at {inner}.": (
        "Die falsche Antwort {claim} lässt die Steigung der Aktivierung an der Stelle {inner} aus."
    ),
    "The wrong answer {claim} has the activation itself where its derivative belongs.": (
        "Die falsche Antwort {claim} hat die Aktivierung selbst, wo ihre Ableitung hingehört."
    ),
    "The wrong answer {claim} keeps the exponent. It drops by one.": "Die falsche Antwort {claim} behält den Exponenten. Er sinkt um eins.",
    "The wrong answer {claim} reverses the factors of a trace. They may only be rotated.": (
        "Die falsche Antwort {claim} dreht die Faktoren einer Spur um. Sie dürfen nur zyklisch vertauscht werden."
    ),
    "The wrong answer {claim} lacks a transpose.": "Die falsche Antwort {claim} lässt eine Transponierung aus.",
    "The wrong answer {claim} leaves out the derivative of the inner function {inner}.": (
        "Die falsche Antwort {claim} lässt die innere Ableitung aus, die von {inner}."
    ),
    "The wrong answer {claim} lists the entries of the diagonal. The derivative is the matrix that has them on its diagonal.": (
        "Die falsche Antwort {claim} zählt die Einträge der Diagonalen auf. Die Ableitung ist die Matrix, die sie auf der Diagonalen hat."
    ),
    "The wrong answer {claim} stacks rows, as NumPy does by default. Here vec stacks columns.": (
        "Die falsche Antwort {claim} stapelt Zeilen, wie es NumPy von sich aus tut. Hier stapelt vec Spalten."
    ),
    "The wrong answer {claim} lets {variable} change in one place only. Each place where it stands adds a term.": (
        "Die falsche Antwort {claim} ändert {variable} nur an einer Stelle. Jede Stelle, an der es steht, gibt ein Glied."
    ),
    "The wrong answer {claim} takes the determinant for its logarithm, or the reverse.": (
        "Die falsche Antwort {claim} verwechselt die Determinante mit ihrem Logarithmus."
    ),
    "The wrong answer {claim} leaves out the division by the number of entries.": (
        "Die falsche Antwort {claim} lässt die Division durch die Anzahl der Einträge aus."
    ),
    "The wrong answer {claim} is twice the derivative: the half in front is lost.": (
        "Die falsche Antwort {claim} ist das Doppelte der Ableitung: Der Faktor ein halb davor fehlt."
    ),
    "The wrong answer {claim} is half the derivative: a 2 in front is lost.": (
        "Die falsche Antwort {claim} ist die Hälfte der Ableitung: Der Faktor 2 davor fehlt."
    ),
    "The wrong answer {claim} takes the norm for its square, or the reverse.": "Die falsche Antwort {claim} verwechselt die Norm mit ihrem Quadrat.",
    "The wrong answer {claim} has lost the minus.": "Die falsche Antwort {claim} hat das Minus verloren.",
    "The wrong answer {claim} is one number. Each entry has a derivative of its own.": (
        "Die falsche Antwort {claim} ist eine einzige Zahl. Jeder Eintrag hat seine eigene Ableitung."
    ),
    "The wrong answer {claim} is one number. The derivative has a row for each function and a column for each variable.": (
        "Die falsche Antwort {claim} ist eine einzige Zahl. Die Ableitung hat eine Zeile für jede Funktion und eine Spalte für jede Variable."
    ),
    "The wrong answer {claim} keeps {term}, which the variable does not change.": (
        "Die falsche Antwort {claim} behält {term}, obwohl die Variable daran nichts ändert."
    ),
    "The wrong answer {claim} has lost the factor {factor}.": "Die falsche Antwort {claim} hat den Faktor {factor} verloren.",
    "The wrong answer {claim} is that of {belongs}.": "Die falsche Antwort {claim} gehört zum {belongs}.",
    "The wrong answer {claim} adds up the partial derivatives. The derivative keeps them apart.": (
        "Die falsche Antwort {claim} addiert die partiellen Ableitungen. In der Ableitung stehen sie getrennt."
    ),
    "At the point of the check it gives {wrong} instead of {right}.": (
        "Am Punkt der Probe ergibt sie {wrong} statt {right}."
    ),
    "On the first side of the kink it gives {wrong} instead of {right}.": (
        "Auf der ersten Seite des Knicks ergibt sie {wrong} statt {right}."
    ),
    "On the second side of the kink it gives {wrong} instead of {right}.": (
        "Auf der zweiten Seite des Knicks ergibt sie {wrong} statt {right}."
    ),
    "At the point of the check its entry in row {row}, column {column} is {wrong} instead of {right}.": (
        "Am Punkt der Probe ist ihr Eintrag in Zeile {row}, Spalte {column} {wrong} statt {right}."
    ),
    "It is {wrong}, and the derivative is {right}.": "Sie hat das Format {wrong}, die Ableitung aber {right}.",
    "It multiplies {left} by {right}, and these sizes do not fit together.": (
        "Sie multipliziert {left} mit {right}, und diese Größen passen nicht zusammen."
    ),
}
