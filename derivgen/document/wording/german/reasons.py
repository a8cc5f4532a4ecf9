"""The sentences of why in German."""

from __future__ import annotations

REASONS: dict[str, str] = {
    # Scalar rules.
    "The factor {constant} does not contain {variable}, so it moves in front of the derivative.": (
        "Der Faktor {constant} enthält {variable} nicht und kommt deshalb vor die Ableitung."
    ),
    "The divisor {constant} does not contain {variable}, so the derivative of the numerator is divided by it.": (
        "Der Nenner {constant} enthält {variable} nicht, also wird die Ableitung des Zählers durch ihn geteilt."
    ),
    "The divisor {constant} does not contain {variable}, and {variable} changes at the same rate as itself.": (
        "Der Nenner {constant} enthält {variable} nicht, und {variable} ändert sich genau so schnell wie es selbst."
    ),
    "The factor {constant} does not contain {variable}, and {variable} changes at the same rate as itself.": (
        "Der Faktor {constant} enthält {variable} nicht, und {variable} ändert sich genau so schnell wie es selbst."
    ),
    "In {power} the exponent {exponent} comes down as a factor and drops by one.": (
        "In {power} kommt der Exponent {exponent} als Faktor nach vorn und sinkt um eins."
    ),
    "The unit vector along {inner}: moving outwards lengthens at rate one.": (
        "Der Einheitsvektor in Richtung {inner}: Nach außen wächst die Länge mit Rate eins."
    ),
    "The matrix {inner} over its norm: growing along itself it lengthens at rate one.": (
        "Die Matrix {inner} durch ihre Norm: Wächst sie in ihrer eigenen Richtung, so wächst die Norm mit Rate eins."
    ),
    "The change of a mean is the mean of the changes of {inner}.": (
        "Die Änderung eines Mittelwerts ist der Mittelwert der Änderungen von {inner}."
    ),
    "The mean of {inner} is the sum divided by the number of entries.": (
        "Der Mittelwert von {inner} ist die Summe geteilt durch die Anzahl der Einträge."
    ),
    "{of} is a sum, so its derivative is the sum of the derivatives, one for each term.": (
        "{of} ist eine Summe, also ist die Ableitung die Summe der Ableitungen, eine für jedes Glied."
    ),
    "Of {inner} only the entry of {array} changes; the rest moves in front of the derivative.": (
        "Von {inner} ändert sich nur der Eintrag von {array}; der Rest kommt vor die Ableitung."
    ),
    "The derivative of {function} is an entry of the table of derivatives.": (
        "Die Ableitung von {function} ist ein Eintrag der Tabelle der Ableitungen."
    ),
    "{of} is differentiated term by term, and each term keeps its sign.": (
        "{of} wird gliedweise abgeleitet, und jedes Glied behält sein Vorzeichen."
    ),
    "{constant} is constant, so its change {change} is 0.": (
        "{constant} ist konstant, also ist die Änderung {change} gleich 0."
    ),
    "In general {statement}.": "Allgemein gilt {statement}.",
    "In general {statement}; here {letters}.": "Allgemein gilt {statement}; hier ist {letters}.",
    "For example {statement}.": "Zum Beispiel ist {statement}.",
    "With the numbers of the check{along}: {value}.": "Mit den Zahlen der Probe{along}: {value}.",
    "With the numbers of the check{along}: {value}, and {other} on the other side of the kink.": (
        "Mit den Zahlen der Probe{along}: {value}, und {other} auf der anderen Seite des Knicks."
    ),
    ", when {variable} grows by 1": ", wenn {variable} um 1 wächst",
    ", when the first entry of {variable} grows by 1": ", wenn der erste Eintrag von {variable} um 1 wächst",
    "Differentiate term by term; {constant} does not contain {variable}, so it contributes 0.": (
        "Gliedweise ableiten; {constant} enthält {variable} nicht und trägt deshalb 0 bei."
    ),
    "The derivative of a sum is the sum of the derivatives, one for each term.": (
        "Die Ableitung einer Summe ist die Summe der Ableitungen, eine für jedes Glied."
    ),
    "{named} does not contain {variable}, so it does not change with it.": (
        "{named} enthält {variable} nicht und ändert sich deshalb nicht mit."
    ),
    "{variable} changes at the same rate as itself.": "{variable} ändert sich genau so schnell wie es selbst.",
    "First the outer function at {inner}, then the change of {inner} itself; rates multiply.": (
        "Erst die äußere Funktion an der Stelle {inner}, dann die Änderung von {inner} selbst; Raten multiplizieren sich."
    ),
    "First {first} changes while {second} stays, then the other way round.": (
        "Erst ändert sich {first}, während {second} bleibt, dann umgekehrt."
    ),
    "Both may change: {first} above and {second} below the stroke.": (
        "Beide können sich ändern: {first} über und {second} unter dem Bruchstrich."
    ),
    "For each entry the other variables are held constant.": (
        "Bei jedem Eintrag werden die anderen Variablen festgehalten."
    ),
    "For each derivative of {of} the other variables are held constant; then: {rules}.": (
        "Bei jeder Ableitung von {of} werden die anderen Variablen festgehalten; dann: {rules}."
    ),
    "{general}, here at {inner}.": "{general}, hier an der Stelle {inner}.",
    "Where {inner} is below 0 the output is the constant 0; above 0 it is {inner} itself.": (
        "Wo {inner} unter 0 liegt, ist die Ausgabe konstant 0; über 0 ist sie {inner} selbst."
    ),
    "The function is its variable, so both change alike.": (
        "Die Funktion ist ihre Variable, also ändern sich beide gleich."
    ),
    # Differentials.
    "Stacking columns is linear: vec of a sum is the sum of the vecs.": (
        "Spalten zu stapeln ist linear: vec einer Summe ist die Summe der einzelnen vec."
    ),
    "Each term changes by itself; {terms}.": "Jedes Glied ändert sich für sich; {terms}.",
    "A constant factor stays in front of d.": "Ein konstanter Faktor bleibt vor dem d stehen.",
    "A number in front and a trace let d pass; only {variable} changes.": (
        "An einer Zahl und an der Spur geht d vorbei; nur {variable} ändert sich."
    ),
    "Only {inner} changes; the factors around it are constant and stay in their places.": (
        "Nur {inner} ändert sich; die Faktoren daneben sind konstant und bleiben an ihrem Platz."
    ),
    "A constant factor stays in front of d, and the change of a sum is the sum of the changes.": (
        "Ein konstanter Faktor bleibt vor d, und die Änderung einer Summe ist die Summe der Änderungen."
    ),
    "{constant} is constant, so it stays in its place and only the other factor changes.": (
        "{constant} ist konstant, bleibt also an seinem Platz; nur der andere Faktor ändert sich."
    ),
    "Each term changes by itself, and the changes add up.": (
        "Jedes Glied ändert sich für sich, und die Änderungen addieren sich."
    ),
    "{names} is constant and drops out": "{names} ist konstant und fällt weg",
    "{names} are constant and drop out": "{names} sind konstant und fallen weg",
    "{inner} enters linearly, with the constant {constant} as its factor.": (
        "{inner} geht linear ein, mit der Konstanten {constant} als Faktor."
    ),
    "{inner} enters linearly, with the constant {constant} as its factor; {terms}.": (
        "{inner} geht linear ein, mit der Konstanten {constant} als Faktor; {terms}."
    ),
    "{names} does not contain {variable}": "{names} enthält {variable} nicht",
    "{names} do not contain {variable}": "{names} enthalten {variable} nicht",
    "{terms}; in {product} only {inner} changes.": "{terms}; in {product} ändert sich nur {inner}.",
    "{constant} is constant: a change {change} of {inner} is multiplied by it.": (
        "{constant} ist konstant: Eine Änderung {change} von {inner} wird damit multipliziert."
    ),
    "Each entry of {inner} stands in the sum once, with the matching entry of the constant {constant} as its factor.": (
        "Jeder Eintrag von {inner} steht einmal in der Summe, mit dem passenden Eintrag der Konstanten {constant} als Faktor."
    ),
    "Each entry of {inner} stands in the sum once, with the matching entry of the constant {constant} as its factor; {terms}.": (
        "Jeder Eintrag von {inner} steht einmal in der Summe, mit dem passenden Eintrag von {constant} als Faktor; {terms}."
    ),
    "; {constant} does not change": "; {constant} ändert sich nicht",
    "{first} occurs twice; both places change by the same number, hence a factor 2.": (
        "{first} kommt zweimal vor; beide Stellen ändern sich um dieselbe Zahl, daher ein Faktor 2."
    ),
    "{first} occurs twice, so it changes in two places, one at a time{stays}.": (
        "{first} kommt zweimal vor, ändert sich also an zwei Stellen, nacheinander{stays}."
    ),
    "One factor changes at a time, each in its place{stays}.": (
        "Ein Faktor nach dem anderen ändert sich, jeder an seinem Platz{stays}."
    ),
    "In every entry the constant entry of {constant} is a factor of the change.": (
        "In jedem Eintrag ist der konstante Eintrag von {constant} ein Faktor der Änderung."
    ),
    "The product rule holds in every entry.": "Die Produktregel gilt in jedem Eintrag.",
    "Entry {index} of {result} sees entry {index} of {inner} only, so the scalar rule holds in every entry.": (
        "Eintrag {index} von {result} hängt nur von Eintrag {index} von {inner} ab: In jedem Eintrag gilt die skalare Regel."
    ),
    "the result": ("dem Ergebnis"),
    "The scalar is added to every entry, so it stands for a vector of copies.": (
        "Der Skalar wird zu jedem Eintrag addiert, steht also für einen Vektor aus Kopien."
    ),
    "The term is a number, so transposing it changes nothing but moves {change} to the right end.": (
        "Das Glied ist eine Zahl: Transponieren ändert nichts daran, bringt aber {change} ans rechte Ende."
    ),
    "Every term now ends in {end}, so what stands before it can be added up.": (
        "Jedes Glied endet jetzt mit {end}; was davor steht, lässt sich addieren."
    ),
    "What stands before {end} is written as one factor.": "Was vor {end} steht, wird als ein Faktor geschrieben.",
    "What stands before the change is gathered in one bracket.": (
        "Was vor der Änderung steht, wird in einer Klammer gesammelt."
    ),
    "Both sides add up the same products, entry by entry; {constant} may stand with the row.": (
        "Beide Seiten addieren dieselben Produkte, Eintrag für Eintrag; {constant} darf bei der Zeile stehen."
    ),
    "{added} is constant; {inner} enters with a minus sign, each entry by itself.": (
        "{added} ist konstant; {inner} geht mit Minuszeichen ein, jeder Eintrag für sich."
    ),
    "{added} is constant; {inner} enters with a plus sign, each entry by itself.": (
        "{added} ist konstant; {inner} geht mit Pluszeichen ein, jeder Eintrag für sich."
    ),
    "Multiplying entry by entry with {constant} is what this diagonal matrix does.": (
        "Elementweise mit {constant} multiplizieren: Genau das tut diese Diagonalmatrix."
    ),
    "The change of a sum is the sum of the changes of {inner}.": (
        "Die Änderung einer Summe ist die Summe der Änderungen von {inner}."
    ),
    "Only through its variables does {inner} change.": "{inner} ändert sich nur über seine Variablen.",
    # Gradients and Jacobians.
    "This holds for every {variable}; numerator layout arranges the partial derivatives as {shape}.": (
        "Das gilt für jedes {variable}; das Zähler-Layout ordnet die partiellen Ableitungen als {shape} an."
    ),
    "This holds for every {variable}; denominator layout arranges the partial derivatives as {shape}.": (
        "Das gilt für jedes {variable}; das Nenner-Layout ordnet die partiellen Ableitungen als {shape} an."
    ),
    "{of} is one function of the one variable {variable}: the array has this single entry.": (
        "{of} ist eine Funktion der einen Variablen {variable}: Das Feld hat nur diesen Eintrag."
    ),
    "Row {index} belongs to function {index}; the one column is for {variable}.": (
        "Zeile {index} gehört zur Funktion {index}; die eine Spalte gehört zu {variable}."
    ),
    "The one row is for {variable}; column {other} belongs to function {other}.": (
        "Die eine Zeile gehört zu {variable}; Spalte {other} gehört zur Funktion {other}."
    ),
    "The gradient lists the partial derivatives of {of} in the order of the variables.": (
        "Der Gradient führt die partiellen Ableitungen von {of} in der Reihenfolge der Variablen auf."
    ),
    "The gradient lists the partial derivatives of {of} in order, from {variable} to {end}.": (
        "Der Gradient führt die partiellen Ableitungen von {of} der Reihe nach auf, von {variable} bis {end}."
    ),
    "Row {index} belongs to function {index} and column {other} to variable {other}; each entry is one partial derivative.": (
        "Zeile {index} gehört zu Funktion {index}, Spalte {other} zu Variable {other}; jeder Eintrag ist eine partielle Ableitung."
    ),
    "Row {index} belongs to variable {index} and column {other} to function {other}; each entry is one partial derivative.": (
        "Zeile {index} gehört zu Variable {index}, Spalte {other} zu Funktion {other}; jeder Eintrag ist eine partielle Ableitung."
    ),
    "Each function from {of} to {last} has a row; the one column is for {variable}.": (
        "Eine Zeile für jede Funktion von {of} bis {last}; eine Spalte, für {variable}."
    ),
    "Each function from {of} to {last} has a column; the one row is for {variable}.": (
        "Jede Funktion von {of} bis {last} hat eine Spalte; die eine Zeile gehört zu {variable}."
    ),
    "Each function has a row, from {of} to {last}, and each variable a column, from {variable} to {end}.": (
        "Eine Zeile für jede Funktion, von {of} bis {last}; eine Spalte für jede Variable, von {variable} bis {end}."
    ),
    "Each function has a column, from {of} to {last}, and each variable a row, from {variable} to {end}.": (
        "Jede Funktion hat eine Spalte, von {of} bis {last}, und jede Variable eine Zeile, von {variable} bis {end}."
    ),
    "Each row is the gradient of one function; a zero says that the function does not contain the variable.": (
        "Jede Zeile ist der Gradient einer Funktion; eine Null sagt, dass die Funktion die Variable nicht enthält."
    ),
    "Each row is the gradient of one function, each column belongs to one variable.": (
        "Jede Zeile ist der Gradient einer Funktion, jede Spalte gehört zu einer Variablen."
    ),
    "The row belongs to {of} and the column to {variable}.": "Die Zeile gehört zu {of}, die Spalte zu {variable}.",
    "The row belongs to {variable} and the column to {of}.": "Die Zeile gehört zu {variable}, die Spalte zu {of}.",
    "The second derivative is the Jacobian of the first one in numerator layout, here called {left}.": (
        "Die zweite Ableitung ist die Jacobi-Matrix der ersten im Zähler-Layout; diese heißt hier {left}."
    ),
    "Write the gradient as a column, here called {left}; the Hessian is its Jacobian.": (
        "Der Gradient wird als Spalte geschrieben und heißt hier {left}; die Hesse-Matrix ist seine Jacobi-Matrix."
    ),
    # The chain rule.
    "Entry {index} of {of} depends on entry {index} of {inner} only, so everything off the diagonal is zero.": (
        "Eintrag {index} von {of} hängt nur von Eintrag {index} von {inner} ab; abseits der Diagonalen ist alles null."
    ),
    "Entry {index} of {of} uses entry {index} of {inner} only{stays}.": (
        "Eintrag {index} von {of} benutzt nur Eintrag {index} von {inner}{stays}."
    ),
    "; {partner} is constant": "; {partner} ist konstant",
    "Each entry of {inner} enters the sum once, with weight one.": (
        "Jeder Eintrag von {inner} geht einmal in die Summe ein, mit Gewicht eins."
    ),
    "Each entry of {inner} has the weight {weight} in the mean.": (
        "Jeder Eintrag von {inner} hat im Mittelwert das Gewicht {weight}."
    ),
    "Entry {index} of {inner} has the derivative {slope} and, in the mean, the weight {weight}.": (
        "Eintrag {index} von {inner} hat die Ableitung {slope} und im Mittelwert das Gewicht {weight}."
    ),
    "{of} is the inner product of {inner} with itself, and both factors change alike.": (
        "{of} ist das Skalarprodukt von {inner} mit sich selbst, und beide Faktoren ändern sich gleich."
    ),
    "{of} is half the inner product of {inner} with itself; both factors change alike, and the half cancels.": (
        "{of} ist das halbe Skalarprodukt von {inner} mit sich selbst; beide Faktoren ändern sich, die Hälfte kürzt sich."
    ),
    "A row times a column adds up the products of matching entries, here the entries of {inner}.": (
        "Eine Zeile mal eine Spalte addiert die Produkte passender Einträge, hier die Einträge von {inner}."
    ),
    "Raising one entry of {inner} raises the same entry of {of} and lowers all others.": (
        "Ein größerer Eintrag von {inner} hebt denselben Eintrag von {of} und senkt alle anderen."
    ),
    "A change of {variable} reaches {of} only through {way}, and the rates along the way multiply.": (
        "Eine Änderung von {variable} erreicht {of} nur über {way}, und die Änderungsraten auf dem Weg multiplizieren sich."
    ),
    "A change of {variable} reaches {of} only through {way}; the derivatives along the way multiply, that of {of} first.": (
        "Eine Änderung von {variable} erreicht {of} nur über {way}; die Ableitungen auf dem Weg werden multipliziert, die von {of} steht vorn."
    ),
    "A change of {variable} reaches {of} only through {way}; the derivatives along the way multiply, that of {of} last.": (
        "Eine Änderung von {variable} erreicht {of} nur über {way}; die Ableitungen auf dem Weg werden multipliziert, die von {of} steht hinten."
    ),
    "Each path from {variable} to {of} gives one product of local derivatives; then add them up.": (
        "Jeder Weg von {variable} nach {of} gibt ein Produkt lokaler Ableitungen; dann wird addiert."
    ),
    "Two diagonal matrices multiply entry by entry on the diagonal.": (
        "Zwei Diagonalmatrizen multiplizieren sich Eintrag für Eintrag auf der Diagonalen."
    ),
    "{inner} stands for {body}; the answer is in the given symbols.": (
        "{inner} steht für {body}; die Antwort steht in den gegebenen Symbolen."
    ),
    "The indicator {indicator} is 1 on one side of the kink and 0 on the other.": (
        "Der Indikator {indicator} ist auf einer Seite des Knicks 1 und auf der anderen 0."
    ),
    "{name} is held fixed.": "{name} wird festgehalten.",
    "{names} are held fixed.": "{names} werden festgehalten.",
    "{inner} enters linearly, with the constant {constant} as its factor; denominator layout transposes it.": (
        "{inner} geht linear ein, mit der Konstanten {constant} als Faktor; das Nenner-Layout transponiert sie."
    ),
    # Indices.
    "In {left} an index that stands twice is summed over; that is a row times a column.": (
        "In {left} wird über einen Index, der zweimal steht, summiert; das ist Zeile mal Spalte."
    ),
    "{left} adds up entries, one for each value of the index.": (
        "{left} zählt Einträge zusammen, einen für jeden Wert des Index."
    ),
    "The sum has finitely many terms, so each is differentiated with respect to {variable}.": (
        "Die Summe hat endlich viele Glieder; jedes wird nach {variable} abgeleitet."
    ),
    "The row belongs to {of} and the column to {variable}, column after column of {array}.": (
        "Die Zeile gehört zu {of}, die Spalte zu {variable}, eine Spalte von {array} nach der anderen."
    ),
    "What acts entry by entry is written down for one entry.": (
        "Was elementweise wirkt, wird für einen Eintrag aufgeschrieben."
    ),
    "Term by term; an entry of {array} changes with {variable} only where the indices agree.": (
        "Gliedweise; ein Eintrag von {array} ändert sich mit {variable} nur, wo die Indizes übereinstimmen."
    ),
    "This holds for every {of}, so it holds for the whole array.": (
        "Das gilt für jedes {of}, also für alle Einträge zusammen."
    ),
    "Read the sums as rows times columns: this is one entry of {array}.": (
        "Die Summen als Zeile mal Spalte gelesen: Das ist ein Eintrag von {array}."
    ),
    "Every sum over a shared index is a product of arrays.": (
        "Jede Summe über einen gemeinsamen Index ist ein Matrixprodukt."
    ),
    "An entry of {array} changes with {variable} only where the indices agree: the delta is 1 there, else 0.": (
        "Ein Eintrag von {array} ändert sich mit {variable} nur bei gleichen Indizes: Dort ist das Delta 1, sonst 0."
    ),
    "The delta is 0 unless its indices are equal, so of its sum only the term with the indices of {variable} is left.": (
        "Das Delta ist 0, wenn seine Indizes nicht gleich sind: Von der Summe bleibt nur das Glied mit den Indizes von {variable}."
    ),
    "The unit vector picks the one component that this entry is.": (
        "Der Einheitsvektor wählt die eine Komponente aus, die dieser Eintrag ist."
    ),
    "An array is its entries; written out, each is an ordinary scalar expression.": (
        "Eine Matrix ist durch ihre Einträge gegeben; ausgeschrieben ist jeder ein gewöhnlicher skalarer Ausdruck."
    ),
    # Traces, inverses, determinants, vec.
    "What stands behind {d} moves to the front; the order round the circle stays the same.": (
        "Was hinter {d} steht, rückt nach vorn; die zyklische Reihenfolge bleibt dieselbe."
    ),
    "The product {inner} is a number, and a number is its own trace.": (
        "Das Produkt {inner} ist eine Zahl, und eine Zahl ist ihre eigene Spur."
    ),
    "{inner} is a number, and a number may stand anywhere in a product; the change then stands last.": (
        "{inner} ist eine Zahl, und eine Zahl darf überall in einem Produkt stehen; die Änderung steht dann am Ende."
    ),
    "Transposing keeps the diagonal, so the product may be reversed and {d} loses its transpose.": (
        "Transponieren erhält die Diagonale: Das Produkt darf umgedreht werden, und {d} steht ohne Transponierung da."
    ),
    "Both sides add up the same products of entries; {constant} may stand, transposed, with the other factor.": (
        "Beide Seiten addieren dieselben Produkte von Einträgen; {constant} darf transponiert beim anderen Faktor stehen."
    ),
    "The trace of a product adds up products of entries, and so does an inner product of columns.": (
        "Die Spur eines Produkts addiert Produkte von Einträgen, ebenso wie ein Skalarprodukt von Spalten."
    ),
    "Off the diagonal one of the two factors is zero, so only diagonal entries meet.": (
        "Abseits der Diagonalen ist einer der zwei Faktoren null; nur Diagonaleinträge treffen sich."
    ),
    "The product of {inner} and its inverse stays {eye}, so {changes} = {zero}; solve for {change}.": (
        "Das Produkt von {inner} und der Inversen bleibt {eye}, also ist {changes} = {zero}; nach {change} auflösen."
    ),
    "The derivative of {determinant} with respect to an entry is the cofactor of that entry; the cofactors over {determinant} are the entries of {inverse}.": (
        "Die Ableitung von {determinant} nach einem Eintrag ist dessen Kofaktor; Kofaktoren durch {determinant} bilden {inverse}."
    ),
    "This is Jacobi's formula, {change} = {formula}, divided by {determinant}.": (
        "Das ist die Formel von Jacobi, {change} = {formula}, geteilt durch {determinant}."
    ),
    "Each of the {exponent} factors changes in turn, and within a trace all these terms are equal.": (
        "Jeder der {exponent} Faktoren ändert sich der Reihe nach, und in der Spur sind alle diese Glieder gleich."
    ),
    "Each factor {inner} changes in turn, in its place; the order stays.": (
        "Jeder Faktor {inner} ändert sich der Reihe nach an seinem Platz; die Reihenfolge bleibt."
    ),
    "The squared norm adds up the squares of all entries of {inner}; each square gives a factor 2.": (
        "Die quadrierte Norm addiert die Quadrate aller Einträge von {inner}; jedes Quadrat gibt einen Faktor 2."
    ),
    "The trace of a sum is the sum of the traces, here of a matrix and of its transpose: both are equal.": "Die Spur einer Summe ist die Summe der Spuren, hier die einer Matrix und die ihrer Transponierten: Beide sind gleich.",
    "The trace of a sum is the sum of the traces.": "Die Spur einer Summe ist die Summe der Spuren.",
    "The trace of {inner} is a sum of entries, so d passes through it.": (
        "Die Spur von {inner} ist eine Summe von Einträgen, also geht d hindurch."
    ),
    "The trace of {inner} is a sum of entries: d passes through it, past what is constant.": (
        "Die Spur von {inner} ist eine Summe von Einträgen: d geht hindurch, an allem vorbei, was konstant ist."
    ),
    "The diagonal of the Kronecker product holds every product of two diagonal entries.": (
        "Auf der Diagonalen des Kronecker-Produkts steht jedes Produkt zweier Diagonaleinträge."
    ),
    "The factor behind {d} mixes its columns, the factor before it mixes its rows.": (
        "Der Faktor hinter {d} mischt die Spalten, der Faktor davor mischt die Zeilen."
    ),
    "{transposed} has the same entries as {inner} in another order, so the factors in front of them change places.": (
        "{transposed} hat dieselben Einträge wie {inner} in anderer Reihenfolge; also tauschen die Faktoren davor ihre Plätze."
    ),
    "{transposed} has the same entries as {inner} in another order, and this matrix reorders them.": (
        "{transposed} hat dieselben Einträge wie {inner} in anderer Reihenfolge; diese Matrix ordnet sie um."
    ),
    "Every entry of the change is scaled by its own factor, so the matrix is diagonal.": (
        "Jeder Eintrag der Änderung hat seinen eigenen Faktor, also ist die Matrix diagonal."
    ),
    "The logarithm cancels the exponential; what normalises is the same for every entry, and {total} is 1.": (
        "Der Logarithmus hebt die Exponentialfunktion auf; die Normierung ist für jeden Eintrag gleich, und {total} ist 1."
    ),
    "The logarithm cancels the exponential, and what normalises is the same for every entry.": (
        "Der Logarithmus hebt die Exponentialfunktion auf, und die Normierung ist für jeden Eintrag gleich."
    ),
    "Both sides have the same value, and the right one has the simpler derivative.": (
        "Beide Seiten haben denselben Wert, und die rechte hat die einfachere Ableitung."
    ),
}
