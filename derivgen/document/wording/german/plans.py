"""Plans and headings in German."""

from __future__ import annotations

PLANS: dict[str, str] = {
    # Headings of subgoals.
    "Partial derivatives": "Partielle Ableitungen",
    "All components but {variable} are held constant; then: {rules}.": (
        "Alle Komponenten außer {variable} bleiben fest; dann: {rules}."
    ),
    "Gradient of one function": "Gradient einer Funktion",
    "One row for each function": "Eine Zeile für jede Funktion",
    "One column for each function": "Eine Spalte für jede Funktion",
    "Break it into simple parts": "In einfache Teile zerlegen",
    "Differentiate the parts": "Die Teile ableiten",
    "Differentiate with respect to {variable}{held}": "Nach {variable} ableiten{held}",
    "Differentiate with respect to {variable}": "Nach {variable} ableiten",
    " (all other components are held constant)": " (alle anderen Komponenten bleiben fest)",
    " ({other} is held constant)": " ({other} bleibt fest)",
    " ({others} are held constant)": " ({others} bleiben fest)",
    "Gradient of {of}": "Gradient von {of}",
    "Gradient of each function": "Gradient jeder Funktion",
    "Differentiate each function": "Jede Funktion ableiten",
    "Write out the components": "Die Komponenten ausschreiben",
    "Write the array of partial derivatives": "Das Schema der partiellen Ableitungen aufschreiben",
    "Stack the gradients as rows": "Die Gradienten als Zeilen stapeln",
    "Stack the gradients as columns": "Die Gradienten als Spalten nebeneinanderstellen",
    "Stack the partial derivatives": "Die partiellen Ableitungen zusammenstellen",
    "Write one entry with indices": "Einen Eintrag mit Indizes schreiben",
    "Write with indices": "Mit Indizes schreiben",
    "Let each delta keep one index": "Jedes Delta behält einen Index",
    "Put the entries together": "Die Einträge zusammensetzen",
    "Rewrite the function": "Die Funktion umformen",
    "Write the change": "Die Änderung aufschreiben",
    "Gather everything in front of {change}": "Alles vor {change} sammeln",
    "Read off the derivative": "Die Ableitung ablesen",
    "Differentiate each part": "Jeden Teil ableiten",
    "Combine": "Zusammensetzen",
    "Answer in the given symbols": "Antwort in den gegebenen Symbolen",
    "Use what is assumed": "Die Voraussetzung benutzen",
    "Read it": "Das Ergebnis lesen",
    "Bring it to the form of the answer": "Auf die Form der Antwort bringen",
    "Write in matrix form": "In Matrixform schreiben",
    "Write the gradient as a column": "Den Gradienten als Spalte schreiben",
    "Name the first derivative": "Die erste Ableitung benennen",
    # Plans.
    "^{clauses}.": "^{clauses}.",
    "^{clauses}, then do the same with the gradient.": "^{clauses}, danach dasselbe mit dem Gradienten.",
    "^{clauses}, then differentiate the gradient.": "^{clauses}, danach den Gradienten ableiten.",
    "Write the gradient of one function as a row; put the rows of all functions under one another.": (
        "Den Gradienten einer Funktion als Zeile schreiben; die Zeilen aller Funktionen untereinanderstellen."
    ),
    "Write the gradient of one function as a column; put the columns of all functions side by side.": (
        "Den Gradienten einer Funktion als Spalte schreiben; die Spalten aller Funktionen nebeneinanderstellen."
    ),
    "One rule is enough.": "Eine Regel genügt.",
    "Break the expression into simple parts; differentiate the parts.": (
        "Den Ausdruck in einfache Teile zerlegen; die Teile ableiten."
    ),
    "Find the gradient; write it as a column; differentiate each of its entries once more.": (
        "Den Gradienten bestimmen; ihn als Spalte schreiben; jeden seiner Einträge noch einmal ableiten."
    ),
    "Take the gradient from part {letter}; write it as a column; differentiate once more.": (
        "Den Gradienten aus Teil {letter} nehmen; ihn als Spalte schreiben; noch einmal ableiten."
    ),
    "{name} is held constant.": "{name} bleibt fest.",
    "{names} are held constant.": "{names} bleiben fest.",
    "As in step {number}: {why}": "Wie in Schritt {number}: {why}",
    "Derivative of {of} with respect to {variables}: {symbol}": "Ableitung von {of} nach {variables}: {symbol}",
    "Gradient of {of} with respect to {variables}: {symbol}": "Gradient von {of} nach {variables}: {symbol}",
    "Jacobian of {of} with respect to {variables}: {symbol}": "Jacobi-Matrix von {of} nach {variables}: {symbol}",
    "Hessian of {of} with respect to {variables}: {symbol}": "Hesse-Matrix von {of} nach {variables}: {symbol}",
    "Second derivative of {of} with respect to {variables}: {symbol}": (
        "Zweite Ableitung von {of} nach {variables}: {symbol}"
    ),
    "write out the components": "die Komponenten ausschreiben",
    "write the array of partial derivatives": "das Schema der partiellen Ableitungen aufschreiben",
    "differentiate with respect to {variable}{others}": "nach {variable} ableiten{others}",
    ", then to {variable}": ", dann nach {variable}",
    "stack the results": "die Ergebnisse zusammenstellen",
    "stack the results in a column": "die Ergebnisse als Spalte stapeln",
    "stack the results in a row": "die Ergebnisse als Zeile nebeneinanderstellen",
    "differentiate with respect to one component after the other": "nach einer Komponente nach der anderen ableiten",
    "differentiate each function": "jede Funktion ableiten",
    "find the gradient of each function": "den Gradienten jeder Funktion bestimmen",
    "stack the gradients as rows": "die Gradienten als Zeilen stapeln",
    "stack the gradients as columns": "die Gradienten als Spalten nebeneinanderstellen",
    "take the logarithm first": "zuerst logarithmieren",
    "write the change {change}": "die Änderung {change} aufschreiben",
    "gather everything in front of {change}": "alles vor {change} sammeln",
    "read the derivative off": "die Ableitung ablesen",
    "differentiate each part": "jeden Teil ableiten",
    "multiply along the path from {variable} to {of}": "entlang des Weges von {variable} nach {of} multiplizieren",
    "multiply along each path from {variable} to {of} and add up": (
        "entlang jedes Weges von {variable} nach {of} multiplizieren und addieren"
    ),
    "simplify": "vereinfachen",
    "put the given symbols back": "die gegebenen Symbole wieder einsetzen",
    "use what is assumed": "die Voraussetzung benutzen",
    "write with indices": "mit Indizes schreiben",
    "differentiate with respect to {variable}": "nach {variable} ableiten",
    "let each delta keep one index": "jedes Delta einen Index behalten lassen",
    "put the entries together": "die Einträge zusammensetzen",
    # Other ways.
    "Another way: {way}": "Ein anderer Weg: {way}",
    "{source}: it is the function {name} of the program above.": "{source}: Es ist die Funktion {name} des Programms oben.",
    "{way}: the lines are those of {first}, with other letters.": "{way}: Die Zeilen sind die von {first}, mit anderen Buchstaben.",
    "The default way: {way}": "Der übliche Weg: {way}",
    "by components": "mit Komponenten",
    "by differentials": "mit Differentialen",
    "by the chain rule": "mit der Kettenregel",
    "with indices": "mit Indizes",
    "These steps go {way}, the default here. {when} The other ways, below, end in the same line.": (
        "Diese Schritte rechnen {way}, hier der übliche Weg. {when} Die anderen Wege weiter unten enden in derselben Zeile."
    ),
    "{when} Here it is written out for {sizes}.": "{when} Hier ist er für {sizes} ausgeschrieben.",
    "Written out for {sizes}, the general answer has exactly these entries.": (
        "Für {sizes} ausgeschrieben hat die allgemeine Antwort genau diese Einträge."
    ),
    "Prefer it on a first meeting, for small sizes: nothing is hidden.": (
        "Vorzuziehen bei der ersten Begegnung und für kleine Größen: Nichts bleibt verborgen."
    ),
    "Prefer it for vectors of any size: the steps do not depend on the size.": (
        "Vorzuziehen für Vektoren jeder Größe: Die Schritte hängen nicht von der Größe ab."
    ),
    "Prefer it to see how a change runs through the functions that have names.": (
        "Vorzuziehen, um zu sehen, wie eine Änderung durch die benannten Funktionen läuft."
    ),
    "Prefer it for a proof for all sizes, and when no matrix rule is at hand.": (
        "Vorzuziehen für einen Beweis für alle Größen, und wenn keine Matrixregel zur Hand ist."
    ),
    "The method of {method} is left out here: it has no rule for {what}.": (
        "Der Weg „{method}“ fehlt hier: Er kennt keine Regel für {what}."
    ),
    "components": "Komponenten",
    "differentials": "Differentiale",
    "chain": "Kettenregel",
    "indices": "Indizes",
}
