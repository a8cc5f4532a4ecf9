"""The words of a site in German: its indexes, its first page, its links."""

from __future__ import annotations

SITE: dict[str, str] = {
    "Chapter {number}": "Kapitel {number}",
    "Derive your own": "Selbst ableiten",
    "Type a function and get its derivative with all steps, in your browser.": (
        "Geben Sie eine Funktion ein; Ihr Browser leitet sie mit allen Schritten ab."
    ),
    "This page works with JavaScript only.": "Diese Seite geht nur mit JavaScript.",
    "A browser starts no program from a file on your disk. "
    "Serve the folder of the site, and open the address that this tells:": (
        "Aus einer Datei auf der Festplatte startet ein Browser kein Programm. "
        "Bieten Sie den Ordner der Website an, und öffnen Sie die Adresse, die dieser Befehl nennt:"
    ),
    "Examples": "Beispiele",
    "Functions, one on each line": "Funktionen, eine je Zeile",
    "Variables with their shapes, one on each line": "Variablen mit ihrem Format, eine je Zeile",
    "What to differentiate by what": "Was wonach abgeleitet wird",
    "Conditions (may be empty)": "Voraussetzungen (auch leer)",
    "Method": "Verfahren",
    "as it suits": "je nachdem",
    "differentials": "Differentiale",
    "chain rule": "Kettenregel",
    "components": "Komponenten",
    "indices": "Indizes",
    "Derive": "Ableiten",
    "Stop": "Abbrechen",
    "Loading what is needed to derive; this takes a few seconds once.": (
        "Was zum Ableiten gebraucht wird, wird geladen; das dauert einmal einige Sekunden."
    ),
    "Each step is derived and checked.": "Jeder Schritt wird abgeleitet und geprüft.",
    "Done.": "Fertig.",
    "This took longer than 20 seconds and was stopped. Try something smaller.": (
        "Das hat länger als 20 Sekunden gedauert und wurde abgebrochen. Versuchen Sie etwas Kleineres."
    ),
    "Stopped.": "Abgebrochen.",
    "This is a fault of derivgen and not of what you typed; nothing of it is shown.": (
        "Das ist ein Fehler von derivgen und nicht der Eingabe; nichts davon wird gezeigt."
    ),
    "Copied.": "Kopiert.",
    "as a spec": "als Spec",
    "answers": "Lösungen",
    "link to this problem": "Link zu dieser Aufgabe",
    "Each line was checked by numbers in your browser. "
    "The second engine, SymPy, which checks the pages of this site, does not run here.": (
        "Jede Zeile wurde in Ihrem Browser mit Zahlen geprüft. "
        "SymPy, das die Seiten dieser Website zusätzlich prüft, läuft hier nicht."
    ),
    "Check your own answer": "Die eigene Antwort prüfen",
    "Your answer to the first derivative": "Ihre Antwort auf die erste Ableitung",
    "in either layout": "in einem der Layouts",
    "Check my answer": "Antwort prüfen",
    "Functions": "Funktionen",
    "Forms": "Formen",
    "Rules": "Regeln",
    "Manual": "Handbuch",
    "Index by function": "Verzeichnis der Funktionen",
    "Search": "Suche",
    "All pages of this site, to be narrowed down by words, chapter, rule and shape.": (
        "Alle Seiten dieser Website, einzugrenzen nach Wörtern, Kapitel, Regel und Format."
    ),
    "Words of a page": "Wörter einer Seite",
    "Chapter": "Kapitel",
    "Rule": "Regel",
    "any": "alle",
    "{0} of {1} pages": "{0} von {1} Seiten",
    "Homework": "Übungsblätter",
    "Chapters": "Kapitel",
    "Index by shape": "Verzeichnis der Formate",
    "All pages by the shape of the function and by that of the variable.": (
        "Alle Seiten danach, ob die Funktion und die Variable Skalare, Vektoren oder Matrizen sind."
    ),
    "of a scalar": "eines Skalars",
    "of a vector": "eines Vektors",
    "of a matrix": "einer Matrix",
    "by a scalar": "nach einem Skalar",
    "by a vector": "nach einem Vektor",
    "by a matrix": "nach einer Matrix",
    "A scalar by a scalar": "Skalar nach Skalar",
    "A scalar by a vector": "Skalar nach Vektor",
    "A scalar by a matrix": "Skalar nach Matrix",
    "A vector by a scalar": "Vektor nach Skalar",
    "A vector by a vector": "Vektor nach Vektor",
    "A vector by a matrix": "Vektor nach Matrix",
    "A matrix by a scalar": "Matrix nach Skalar",
    "A matrix by a vector": "Matrix nach Vektor",
    "A matrix by a matrix": "Matrix nach Matrix",
    "Second derivatives": "Zweite Ableitungen",
    "{number} page": "{number} Seite",
    "{number} pages": "{number} Seiten",
    "There is no page here": "Hier gibt es keine Seite",
    "The address may be mistyped, or the page may have moved. These pages lead on:": (
        "Vielleicht ist die Adresse vertippt, oder die Seite ist umgezogen. Von hier geht es weiter:"
    ),
    "any function": "beliebige Funktion",
    "bilinear form": "Bilinearform",
    "choice of two cases": "Fallunterscheidung",
    "component of a vector": "Komponente eines Vektors",
    "entry of a matrix": "Eintrag einer Matrix",
    "function of a function": "Funktion einer Funktion",
    "inner product": "Skalarprodukt",
    "linear map": "lineare Abbildung",
    "power": "Potenz",
    "product of matrices": "Produkt von Matrizen",
    "product of scalars": "Produkt von Skalaren",
    "product, entry by entry": "Produkt Eintrag für Eintrag",
    "quadratic form": "quadratische Form",
    "quotient": "Quotient",
    "vector of functions": "Vektor von Funktionen",
    "Index by rule": "Verzeichnis der Regeln",
    "All pages by the functions and the forms that they differentiate.": (
        "Alle Seiten nach den Funktionen und den Formen, die sie ableiten."
    ),
    "All rules that the steps use, with what they say, when they hold, and the steps that use them.": (
        "Alle Regeln, die die Schritte benutzen: was sie sagen, wann sie gelten, und in welchen Schritten sie vorkommen."
    ),
    "Worked derivation of {asked}, step by step, with a reason and a check for each step.": (
        "Herleitung von {asked}, Schritt für Schritt, mit Begründung und Probe für jeden Schritt."
    ),
    ": step ": ": Schritt ",
    ": steps ": ": Schritte ",
    "Derivatives worked out step by step. Each page starts with the answer, then gives every step with its rule and a check.": (
        "Ableitungen Schritt für Schritt. Jede Seite beginnt mit der Antwort und gibt dann jeden Schritt mit seiner Regel und eine Probe."
    ),
    # What pages add of themselves.
    "Answer": "Antwort",
    "Picture": "Bild",
    "hence": "also",
    "Skip to the text": "Zum Text springen",
    "All pages": "Alle Seiten",
    "Where this page stands": "Wo diese Seite steht",
    "Pages of this site": "Seiten dieser Website",
    "This page as a file": "Diese Seite als Datei",
    "Previous": "Zurück",
    "Next": "Weiter",
    "Neighbouring pages": "Benachbarte Seiten",
    "Table": "Tabelle",
    "Code": "Code",
    "Formula": "Formel",
    "Step": "Schritt",
    "A program listing of {0} lines stands here": "Hier steht ein Programm mit {0} Zeilen",
    "Row": "Zeile",
    "Print version. The web page of the same name says every formula in words.": "Druckfassung. Die Webseite gleichen Namens sagt jede Formel in Worten.",
    "Detail": "Ausführlichkeit",
    "Layout": "Layout",
    "numerator": "Zähler",
    "denominator": "Nenner",
    "both": "beide",
    "brief": "kurz",
    "standard": "normal",
    "detailed": "ausführlich",
    "Finer steps": "Feinere Schritte",
    "Finer steps, with other letters": "Feinere Schritte, mit anderen Buchstaben",
    "one step at a time": "Schritt für Schritt",
    "Show next step": "Nächsten Schritt zeigen",
    "Step {0} of {1}": "Schritt {0} von {1}",
    "Copy": "Kopieren",
    "Copied: {0}": "Kopiert: {0}",
    "Copy a result": "Ein Ergebnis kopieren",
    "The browser does not let this page copy. Here is the text:": (
        "Der Browser lässt diese Seite nicht kopieren. Hier ist der Text:"
    ),
    "Keys and colours": "Tasten und Farben",
    "Colours": "Farben",
    "automatic": "automatisch",
    "light": "hell",
    "dark": "dunkel",
    "Keys": "Tasten",
    "on": "an",
    "off": "aus",
    "next step, step before": "nächster Schritt, Schritt davor",
    "another layout": "anderes Layout",
    "another detail": "andere Ausführlichkeit",
    "search": "Suche",
    "this list": "diese Liste",
    "The number of a step is a link to it; pressing it copies the address.": (
        "Die Nummer eines Schritts ist ein Link zu ihm; ein Druck darauf kopiert die Adresse."
    ),
    "Close": "Schließen",
    "This derivation is not shown, since something is wrong with it": (
        "Diese Herleitung wird nicht gezeigt, weil darin etwas nicht stimmt"
    ),
    "Something is wrong with this derivation": "An dieser Herleitung stimmt etwas nicht",
}
