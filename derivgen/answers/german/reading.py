"""What the reader of formulas says of a slip, in German.

The reader knows no catalogue: its sentences are recognised by these templates, and of several that fit the one with
the most words is meant.
"""

from __future__ import annotations

READING: dict[str, str] = {
    # Names and functions
    "the name {name} is not declared": "der Name {name} ist nicht deklariert",
    "the name {name} mixes {script} letters with the {other} letter {letter} ({code})": (
        "der Name {name} mischt Buchstaben ({script}) mit einem anderen ({other}): {letter} ({code})"
    ),
    "there is no function {name}": "eine Funktion {name} gibt es nicht",
    "there is no .{name} here": ".{name} gibt es hier nicht",
    "{name} is a function": "{name} ist eine Funktion",
    "{name} is a size and cannot be called": "{name} ist eine Größe und kann nicht aufgerufen werden",
    "{name} is a variable and cannot be called": "{name} ist eine Variable und kann nicht aufgerufen werden",
    "{name} is already a function of its variables and cannot be called": (
        "{name} ist schon eine Funktion ihrer Variablen und kann nicht aufgerufen werden"
    ),
    "{what} is not a function": "{what} ist keine Funktion",
    "{what} is a number, not a function": "{what} ist eine Zahl und keine Funktion",
    "{name} takes {wanted} argument, not {given}": "{name} nimmt {wanted} Argument, nicht {given}",
    "{name} takes {wanted} arguments, not {given}": "{name} nimmt {wanted} Argumente, nicht {given}",
    "{name} takes a square matrix, this is {shape}": "{name} nimmt eine quadratische Matrix, das hier ist {shape}",
    "{name} takes a vector or a square matrix, this is {shape}": (
        "{name} nimmt einen Vektor oder eine quadratische Matrix, das hier ist {shape}"
    ),
    "{name} takes two vectors, this argument is {shape}": "{name} nimmt zwei Vektoren, dieses Argument ist {shape}",
    "{name} takes two vectors of one size, these are {left} and {right}": (
        "{name} nimmt zwei gleich lange Vektoren, diese sind {left} und {right}"
    ),
    "derivative takes an expression and at least one variable": (
        "derivative nimmt einen Ausdruck und mindestens eine Variable"
    ),
    "the exponent of matpow is a whole number, this is {what}": (
        "der Exponent von matpow ist eine ganze Zahl, das hier ist {what}"
    ),
    "the exponent of matpow is a whole number": "der Exponent von matpow ist eine ganze Zahl",
    "the exponent of matpow is at most {most} in size": "der Exponent von matpow ist dem Betrag nach höchstens {most}",
    "{name}.{other} is not of this language": "{name}.{other} gehört nicht zu dieser Sprache",
    ".T takes no brackets": ".T hat keine Klammern",
    "unit({place}, {size}) does not exist": "unit({place}, {size}) gibt es nicht",
    # Signs
    "an operator is missing between {left} and {right}": "zwischen {left} und {right} fehlt ein Operator",
    "^ is not a power here": "^ ist hier keine Potenz",
    "^T is not a transpose here": "^T ist hier keine Transponierte",
    "' is not a transpose here": "' ist hier keine Transponierte",
    ".{name} is not a transpose here": ".{name} ist hier keine Transponierte",
    "\\ does not divide here": "\\ teilt hier nicht",
    "quoted text has no place in an expression": "Text in Anführungszeichen hat in einem Ausdruck keinen Platz",
    "expressions are not written in LaTeX": "Ausdrücke werden nicht in LaTeX geschrieben",
    "braces make no subscript here": "geschweifte Klammern machen hier keinen Index",
    "the arguments of {name} stand in round brackets": "die Argumente von {name} stehen in runden Klammern",
    "there are no comments in an expression": "in einem Ausdruck gibt es keine Kommentare",
    "{sign} is no sign here": "{sign} ist hier kein Zeichen",
    "{sign} is not an operator here": "{sign} ist hier kein Operator",
    "{sign} has no place in an expression": "{sign} hat in einem Ausdruck keinen Platz",
    "the character {sign} ({code}) has no meaning here": "das Zeichen {sign} ({code}) hat hier keine Bedeutung",
    "{sign} has no meaning here": "{sign} hat hier keine Bedeutung",
    "an invisible character stands here ({code})": "hier steht ein unsichtbares Zeichen ({code})",
    "this is not a plain space ({code})": "das ist kein gewöhnliches Leerzeichen ({code})",
    "a decimal comma separates two numbers here": "ein Dezimalkomma trennt hier zwei Zahlen",
    "two numbers stand side by side": "zwei Zahlen stehen nebeneinander",
    "numbers have no _ here": "Zahlen haben hier kein _",
    "numbers are decimal here": "Zahlen sind hier dezimal",
    "numbers are real here": "Zahlen sind hier reell",
    "numbers are finite here": "Zahlen sind hier endlich",
    "the exponent of this number is beyond {most}": "der Exponent dieser Zahl liegt jenseits von {most}",
    "** has nothing to raise on its left": "links von ** steht nichts",
    "* has nothing to multiply on its left": "links von * steht nichts",
    "this {bracket} closes nothing": "diese Klammer {bracket} schließt nichts",
    "this {bracket} does not match the {other} before it": "die Klammer {bracket} passt nicht zu {other} davor",
    "this {bracket} is not closed": "die Klammer {bracket} wird nicht geschlossen",
    "these brackets are empty": "diese Klammern sind leer",
    "{sign} cannot stand here after {before}": "{sign} kann hier nicht hinter {before} stehen",
    "{sign} cannot stand here": "{sign} kann hier nicht stehen",
    "the expression ends after {last}": "der Ausdruck endet hinter {last}",
    "there is no expression here": "hier steht kein Ausdruck",
    "several expressions stand side by side": "mehrere Ausdrücke stehen nebeneinander",
    "this is {count} characters long, the limit is {most}": "das sind {count} Zeichen, die Grenze ist {most}",
    "this has more than {most} parts": "das hat mehr als {most} Teile",
    "this is nested deeper than {most} levels": "das ist tiefer als {most} Stufen geschachtelt",
    # Comparisons
    "a comparison stands alone": "ein Vergleich steht allein",
    "{what} is not a comparison": "{what} ist kein Vergleich",
    "comparisons cannot be chained": "Vergleiche lassen sich nicht aneinanderreihen",
    "this comparison is not known": "dieser Vergleich ist nicht bekannt",
    # Components and stacks
    "the index {index} is below 1": "der Index {index} liegt unter 1",
    "the index {index} is not a whole number": "der Index {index} ist keine ganze Zahl",
    "there are no slices": "Ausschnitte gibt es nicht",
    "components are counted from 1, from the front": "Komponenten zählen von 1 an, von vorn",
    "components are counted from 1": "Komponenten zählen von 1 an",
    "component {place} of an array of shape {shape} does not exist": (
        "eine Komponente {place} gibt es in einem Feld vom Format {shape} nicht"
    ),
    "{count} indices are too many": "{count} Indizes sind zu viele",
    "{name} is a matrix ({shape})": "{name} ist eine Matrix ({shape})",
    "an entry of a stack must be a scalar, this one is {shape}": "ein Eintrag muss ein Skalar sein, dieser ist {shape}",
    "an entry of a stack must be a scalar, {entry} is {shape}": "ein Eintrag muss ein Skalar sein, {entry} ist {shape}",
    "only scalars are stacked, {entry} is {shape}": "gestapelt werden nur Skalare, {entry} ist {shape}",
    "the rows of this matrix have different lengths": "die Zeilen dieser Matrix sind verschieden lang",
    "this row has another length than the first one": "diese Zeile ist anders lang als die erste",
    "{row} is not a row like the others": "{row} ist keine Zeile wie die anderen",
    "this stack is empty": "dieser Stapel ist leer",
    "stacks have at most two levels": "Stapel haben höchstens zwei Stufen",
    "a sum over {letter} adds up scalars, this is {shape}": "eine Summe über {letter} nimmt Skalare, nicht {shape}",
    "{letter} counts to {size}, not to {other}": "{letter} zählt bis {size}, nicht bis {other}",
    # Sizes
    "the size {size} is below 1": "die Größe {size} liegt unter 1",
    "the size {size} is not a whole number": "die Größe {size} ist keine ganze Zahl",
    "this size is too long a product": "diese Größe ist ein zu langes Produkt",
    "{what} is not a size": "{what} ist keine Größe",
    "{name} is a variable, not a size": "{name} ist eine Variable und keine Größe",
    "{name} is not a variable": "{name} ist keine Variable",
    "{name} is not a size of this problem": "{name} ist keine Größe dieser Aufgabe",
    "a size is needed here": "hier wird eine Größe gebraucht",
    # Shapes
    "cannot multiply {left} by {right}": "nicht zu multiplizieren ist {left} mit {right}",
    "cannot multiply entry by entry {left} and {right}": (
        "nicht Eintrag für Eintrag zu multiplizieren sind {left} und {right}"
    ),
    "cannot divide {left} by {right}": "nicht zu teilen ist {left} durch {right}",
    "cannot raise to a power {left} and {right}": "nicht zu potenzieren ist {left} mit {right}",
    "cannot raise {left} to the power {right}": "nicht zu potenzieren ist {left} mit {right}",
    "cannot add {left} and {right}": "nicht zu addieren sind {left} und {right}",
    "cannot subtract {left} and {right}": "nicht zu subtrahieren sind {left} und {right}",
    "cannot choose between {left} and {right}": "nicht zu wählen ist zwischen {left} und {right}",
    "cannot compare {left} and {right}": "nicht zu vergleichen sind {left} und {right}",
    "cannot {verb} {left} and {right}": "nicht zusammen passen {left} und {right}",
    # How to mend it
    "{reason}; did you mean {other}? {hint}": "{reason}; meinten Sie {other}? {hint}",
    "{reason}; did you mean {other}?": "{reason}; meinten Sie {other}?",
    "did you mean {other}? {hint}": "meinten Sie {other}? {hint}",
    "did you mean {one} or {other}?": "meinten Sie {one} oder {other}?",
    "did you mean {other}?": "meinten Sie {other}?",
    "only a scalar broadcasts, and these shapes differ": (
        "nur ein Skalar passt zu jedem Format, und diese Formate sind verschieden"
    ),
    "only a scalar broadcasts; the shapes must be equal": (
        "nur ein Skalar passt zu jedem Format, sonst müssen die Formate gleich sein"
    ),
    "a scalar multiplies with *": "mit einem Skalar multipliziert man durch *",
    "the inner sizes {left} and {right} differ": "die inneren Größen {left} und {right} sind verschieden",
    "the names of this question are {names}": "die Namen dieser Frage sind {names}",
    "{name} is a differential: an answer is the derivative alone, what stands beside {other}": (
        "{name} ist ein Differential: Eine Antwort ist die Ableitung allein, das, was neben {other} steht"
    ),
    "the functions are {names}, where": "die Funktionen sind {names}, where",
    "the function is {name}(...)": "die Funktion ist {name}(...)",
    "the sizes are {names}": "die Größen sind {names}",
    "it is called {name} here": "hier heißt sie {name}",
    "declare it, or use one of {names}": "deklarieren Sie ihn, oder nehmen Sie einen von {names}",
    "declare it under variables": "deklarieren Sie ihn unter variables",
    "its letter {letter} is {code}; type the plain {plain}": "der Buchstabe {letter} ist {code}; tippen Sie {plain}",
    "type the Latin letter {letter} instead": "tippen Sie stattdessen den lateinischen Buchstaben {letter}",
    "use letters of one script, for instance {name}": "nehmen Sie Buchstaben einer Schrift, zum Beispiel {name}",
    "type a plain space": "tippen Sie ein gewöhnliches Leerzeichen",
    "delete from # on": "löschen Sie alles ab #",
    "delete it or open the bracket": "löschen Sie sie, oder öffnen Sie die Klammer",
    "delete it": "löschen Sie es",
    "close with {bracket}": "schließen Sie mit {bracket}",
    "add a {bracket}": "fügen Sie {bracket} hinzu",
    "leave the quotation marks out": "lassen Sie die Anführungszeichen weg",
    "look for a missing operand, operator or comma": "suchen Sie einen fehlenden Operanden, Operator oder ein Komma",
    "name parts of it as functions of their own": "geben Sie Teilen davon eigene Namen",
    "use a smaller one": "nehmen Sie einen kleineren",
    "a decimal point is a dot; put an operator between them": (
        "das Dezimalzeichen ist ein Punkt; setzen Sie einen Operator dazwischen"
    ),
    "arguments have no names, and comparisons are {signs}": "Argumente haben keine Namen, und Vergleiche sind {signs}",
    "compare inside where(a > b, c, d), or use step(a - b)": (
        "vergleichen Sie in where(a > b, c, d), oder nehmen Sie step(a - b)"
    ),
    "compare inside where(...), with {signs}": "vergleichen Sie in where(...), mit {signs}",
    "compare with {signs} inside where(...)": "vergleichen Sie in where(...), mit {signs}",
    "compare with {signs}": "vergleichen Sie mit {signs}",
    "compare it, as in {form}": "vergleichen Sie, wie in {form}",
    "choose with {form}": "wählen Sie mit {form}",
    "turn the comparison around": "drehen Sie den Vergleich um",
    "give row and column: {form}": "geben Sie Zeile und Spalte an: {form}",
    "give a row and a column": "geben Sie eine Zeile und eine Spalte an",
    "give one index, counted from 1": "geben Sie einen Index an, von 1 an gezählt",
    "give one index, there are no slices": "geben Sie einen Index an, Ausschnitte gibt es nicht",
    "give each row its own brackets: {form}": "geben Sie jeder Zeile eigene Klammern: {form}",
    "give every row the same number of entries": "geben Sie jeder Zeile gleich viele Einträge",
    "give both the same size": "geben Sie beiden dieselbe Größe",
    "give each size a letter of its own": "geben Sie jeder Größe einen eigenen Buchstaben",
    "give it a name of its own": "geben Sie ihr einen eigenen Namen",
    "give the entry a letter": "geben Sie dem Eintrag einen Buchstaben",
    "give one array alone": "geben Sie ein Feld allein an",
    "give a whole number": "geben Sie eine ganze Zahl an",
    "stack scalars with square brackets: {form}": "stapeln Sie Skalare in eckigen Klammern: {form}",
    "stack scalars, as in {form}": "stapeln Sie Skalare, wie in {form}",
    "stack scalars, for instance components {form}": "stapeln Sie Skalare, zum Beispiel Komponenten {form}",
    "separate the entries by commas: {form}": "trennen Sie die Einträge durch Kommas: {form}",
    "differentiate by a variable, a component or a function's name": (
        "leiten Sie nach einer Variablen, einer Komponente oder dem Namen einer Funktion ab"
    ),
    "group with round brackets ( )": "gruppieren Sie mit runden Klammern ( )",
    "name the exponent, declare it as a scalar, and write {form}": (
        "geben Sie dem Exponenten einen Namen, deklarieren Sie ihn als Skalar, und schreiben Sie {form}"
    ),
    "of a row vector take diag(x.T)": "von einem Zeilenvektor nehmen Sie diag(x.T)",
    "a vector is n x 1; drop a .T or use @": "ein Vektor ist n x 1; lassen Sie ein .T weg, oder nehmen Sie @",
    "a square matrix has as many rows as columns: n x n": "eine quadratische Matrix ist n x n, hoch wie breit",
    "a size is a name that the variables use, or a whole number from 1 up": (
        "eine Größe ist ein Name, den die Variablen verwenden, oder eine ganze Zahl ab 1"
    ),
    "a size is a name or a whole number from 1 up": "eine Größe ist ein Name oder eine ganze Zahl ab 1",
    "a size is made of size names and whole numbers with + - *": (
        "eine Größe besteht aus Namen von Größen und ganzen Zahlen mit + - *"
    ),
    "the first one is [1]": "die erste ist [1]",
    "the last one has the index {index}": "die letzte hat den Index {index}",
    "the last unit vector of this size is {form}": "der letzte Einheitsvektor dieser Größe ist {form}",
    "the only one is .T, the transpose": "das Einzige ist .T, die Transponierte",
    "the exponent of a matrix is a whole number": "der Exponent einer Matrix ist eine ganze Zahl",
    "a product needs its sign: write {form}": "ein Produkt braucht sein Zeichen: Schreiben Sie {form}",
    "for the solution of a linear system write {form}": "für die Lösung eines linearen Systems schreiben Sie {form}",
    "for the pseudo-inverse of a tall matrix write {form}": (
        "für die Pseudoinverse einer hohen Matrix schreiben Sie {form}"
    ),
    "for a product with j write {form}": "für ein Produkt mit j schreiben Sie {form}",
    "for a product write {form}": "für ein Produkt schreiben Sie {form}",
    "for a component write {form}; another variable is declared under variables": (
        "für eine Komponente schreiben Sie {form}; eine andere Variable wird unter variables deklariert"
    ),
    "for a component write {form}": "für eine Komponente schreiben Sie {form}",
    "ask for a derivative under `derivatives`: {form}": "Ableitungen stehen unter `derivatives`: {form}",
    "say what it is under `variables`: {form}": "sagen Sie unter `variables`, was es ist: {form}",
    "there are no integrals here": "Integrale gibt es hier nicht",
    "there are no loops, use sum(...)": "Schleifen gibt es nicht, nehmen Sie sum(...)",
    "there is no factorial here": "Fakultäten gibt es hier nicht",
    "there is no remainder here": "Reste gibt es hier nicht",
    "there is nothing to import, write the expression alone": (
        "zu importieren gibt es nichts, schreiben Sie den Ausdruck allein"
    ),
    "{reason}, write {form}": "{reason}, schreiben Sie {form}",
    "write a base in front of it": "schreiben Sie eine Basis davor",
    "write a factor in front of it": "schreiben Sie einen Faktor davor",
    "write a decimal point: {form}": "schreiben Sie einen Dezimalpunkt: {form}",
    "write a matrix by rows: {form}": "schreiben Sie eine Matrix zeilenweise: {form}",
    "write a number, as in {form}": "schreiben Sie eine Zahl, wie in {form}",
    "write a quotient: {form}": "schreiben Sie einen Quotienten: {form}",
    "write a shorter answer": "schreiben Sie eine kürzere Antwort",
    "write a space": "schreiben Sie ein Leerzeichen",
    "write a whole number from 1 up": "schreiben Sie eine ganze Zahl ab 1",
    "write an expression in them": "schreiben Sie einen Ausdruck hinein",
    "write every term, or sum(...)": "schreiben Sie jeden Summanden, oder sum(...)",
    "write it with letters, digits, + - * / ** @ and brackets": (
        "schreiben Sie ihn mit Buchstaben, Ziffern, + - * / ** @ und Klammern"
    ),
    "write it with {form}, components and functions": "schreiben Sie ihn mit {form}, Komponenten und Funktionen",
    "write names without a backslash: {form}, not {other}": (
        "schreiben Sie Namen ohne Backslash: {form}, nicht {other}"
    ),
    "write one comparison in each where(...)": "schreiben Sie in jedes where(...) einen Vergleich",
    "write one expression, with a comma between arguments": (
        "schreiben Sie einen Ausdruck, mit einem Komma zwischen Argumenten"
    ),
    "write one expression": "schreiben Sie einen Ausdruck",
    "write one where(...) inside another": "schreiben Sie ein where(...) in ein anderes",
    "write one, for instance {form}": "schreiben Sie einen, zum Beispiel {form}",
    "write the bracket alone": "schreiben Sie die Klammer allein",
    "write the expression alone": "schreiben Sie den Ausdruck allein",
    "write the expression without {sign}": "schreiben Sie den Ausdruck ohne {sign}",
    "write the name alone": "schreiben Sie den Namen allein",
    "write the name of the function alone": "schreiben Sie den Namen der Funktion allein",
    "write the number with the digits 0 to 9 alone": "schreiben Sie die Zahl mit den Ziffern 0 bis 9",
    "write the right side alone": "schreiben Sie die rechte Seite allein",
    "write what comes next, or delete the end": "schreiben Sie, was folgt, oder löschen Sie das Ende",
    "write where(a > b, c, d): c where the comparison holds, else d": (
        "schreiben Sie where(a > b, c, d): c, wo der Vergleich gilt, sonst d"
    ),
    "write max(a, b); for the largest entry list them: {form}": (
        "schreiben Sie max(a, b); für den größten Eintrag zählen Sie sie auf: {form}"
    ),
    "write min(a, b); for the smallest entry list them: {form}": (
        "schreiben Sie min(a, b); für den kleinsten Eintrag zählen Sie sie auf: {form}"
    ),
    "write norm(x), or norm1(x) for the sum of the absolute values": (
        "schreiben Sie norm(x), oder norm1(x) für die Summe der Beträge"
    ),
    "write log(x)/log(b) for the logarithm to the base b": (
        "schreiben Sie log(x)/log(b) für den Logarithmus zur Basis b"
    ),
    "write abs(x) for an absolute value, norm(x) for a norm": (
        "schreiben Sie abs(x) für einen Betrag, norm(x) für eine Norm"
    ),
    "write eye(n) for the identity matrix of size n": "schreiben Sie eye(n) für die Einheitsmatrix der Größe n",
    "write exp(x) for the exponential function, exp(1) for the number": (
        "schreiben Sie exp(x) für die Exponentialfunktion, exp(1) für die Zahl"
    ),
    "write **(-1) for one divided by it, inv(A) for the inverse of a matrix": (
        "schreiben Sie **(-1) für eins geteilt dadurch, inv(A) für die Inverse einer Matrix"
    ),
    "write {form} for the inverse of a matrix, {other} for one divided by each entry": (
        "schreiben Sie {form} für die Inverse einer Matrix, {other} für eins geteilt durch jeden Eintrag"
    ),
    "write {form} for the inverse of {other}": "schreiben Sie {form} für die Inverse von {other}",
    "write {form} for the transpose of {other}": "schreiben Sie {form} für die Transponierte von {other}",
    "write {form} for a transpose": "schreiben Sie {form} für eine Transponierte",
    "write {form} for a component, {other} for a name of its own": (
        "schreiben Sie {form} für eine Komponente, {other} für einen eigenen Namen"
    ),
    "write {form} for a product": "schreiben Sie {form} für ein Produkt",
    "write {form} for a quotient": "schreiben Sie {form} für einen Quotienten",
    "write {form} inside where(...)": "schreiben Sie {form} in where(...)",
    "write {form} alone": "schreiben Sie {form} allein",
    "write {form}: {sign} is entry by entry here": "schreiben Sie {form}: {sign} rechnet hier Eintrag für Eintrag",
    "write step(x), or {form}": "schreiben Sie step(x), oder {form}",
    "write softmax(x), its smooth form": "schreiben Sie softmax(x), die glatte Form",
    "write its components: {form}": "schreiben Sie die Komponenten: {form}",
    "write {form} under {place}": "schreiben Sie {form} unter {place}",
    "write {form} or {other}": "schreiben Sie {form} oder {other}",
    "write {form}": "schreiben Sie {form}",
}
