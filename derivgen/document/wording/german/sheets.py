"""The words of exercise sheets, keys and solutions in German."""

from __future__ import annotations

SHEETS: dict[str, str] = {
    "Name": "Name",
    "Student number": "Matrikelnummer",
    "Hints": "Hinweise",
    "Hint": "Hinweis",
    "That is numerator layout; transpose it for denominator layout.": (
        "Das ist das Zähler-Layout; für das Nenner-Layout ist noch zu transponieren."
    ),
    "Question": "Frage",
    "Steps": "Schritte",
    "Step {first}": "Schritt {first}",
    "Steps {first} to {last}": "Schritte {first} bis {last}",
    "Try the question first. Then read one hint at a time, and try again after each.": (
        "Versuchen Sie zuerst die Frage selbst. Lesen Sie dann einen Hinweis nach dem anderen, und versuchen Sie es nach jedem neu."
    ),
    "Questions on derivatives, with room for the answers and with hints.": (
        "Fragen zu Ableitungen, mit Platz für die Antworten und mit Hinweisen."
    ),
    "The answers to the questions of a sheet, for graders.": "Die Antworten auf die Fragen eines Blatts, für Korrektoren.",
    "The questions of a sheet worked out step by step, with what earns points.": (
        "Die Fragen eines Blatts Schritt für Schritt gelöst, mit dem, was Punkte bringt."
    ),
    "answer key": "Antworten",
    "solutions": "Lösungen",
    "instructor's copy": "Exemplar für Lehrende",
    "All variants of a sheet with their answers, and one of each worked out.": (
        "Alle Varianten eines Blatts mit ihren Antworten, und eine von jeder Aufgabe gelöst."
    ),
    "Answer": "Antwort",
    "Variant": "Variante",
    "Worked out below:": "Unten gelöst:",
    "Answers": "Antworten",
    "1 sheet": "1 Blatt",
    "{number} sheets": "{number} Blätter",
    "Students": "Studierende",
    "Sheet": "Blatt",
    "Sheet {code}": "Blatt {code}",
    "For {students}.": "Für {students}.",
    "Name: {name}": "Name: {name}",
    "Student number: {number}": "Matrikelnummer: {number}",
    "at the point {value}": "an der Stelle {value}",
    "Not for students.": "Nicht für Studierende.",
    "For students when their answers are in.": "Für Studierende nach der Abgabe.",
    "Layout": "Layout",
    "Check.": "Probe.",
    "both": "beide",
    "numerator": "Zähler",
    "denominator": "Nenner",
    "{value} in {layout}": "{value} im {layout}",
    "At {point} we have {function}; the formula and finite differences both give {formula}.": (
        "Bei {point} ist {function}; die Formel und finite Differenzen ergeben beide {formula}."
    ),
    "At {point} we have {function}; the formula gives {formula}, finite differences {difference}.": (
        "Bei {point} ist {function}; die Formel ergibt {formula}, finite Differenzen ergeben {difference}."
    ),
    "its shape": "das Format",
    "The steps are those of question {question}.": "Die Schritte sind die von Frage {question}.",
    "The steps are those of question {question}; the last line is transposed for {layout}.": (
        "Die Schritte sind die von Frage {question}; für das {layout} wird die letzte Zeile transponiert."
    ),
    "Steps 1 to {last} are those of question {question}, which found the gradient.": (
        "Die Schritte 1 bis {last} sind die von Frage {question}: Dort wurde der Gradient gefunden."
    ),
    "Assume": "Voraussetzungen",
    "As typed:": "Eingabe:",
    "Shape": "Format",
    "Shape.": "Format.",
    "Both layouts print the same, since the matrix is symmetric.": (
        "Beide Layouts ergeben dasselbe, denn die Matrix ist symmetrisch."
    ),
    "Either layout earns the points.": "Jedes der beiden Layouts bringt die Punkte.",
    "Value.": "Wert.",
    "Do not use {functions}.": "Ohne {functions}.",
    "Write it with at most {number} names and numbers.": "Mit höchstens {number} Namen und Zahlen.",
    "Rubric": "Bewertung",
    "What earns points": "Wofür es Punkte gibt",
    "Points": "Punkte",
    "The shape is right": "Das Format stimmt",
    "Lines.": "Zeilen.",
    "Line": "Zeile",
    "Reason": "Begründung",
    "What is left out:": "Was ausgelassen ist:",
    "Fill in what is left out: {asked}.": "Füllen Sie die Lücken aus. Gesucht: {asked}.",
    "Fill in what is left out: {asked}, in {layout}.": "Füllen Sie die Lücken aus. Gesucht: {asked}, im {layout}.",
    "Derive {asked}, line by line.": "Leiten Sie Zeile für Zeile her. Gesucht: {asked}.",
    "Derive {asked}, line by line, in the layout of your choice. Name the layout.": (
        "Leiten Sie Zeile für Zeile her. Gesucht: {asked}, in einem Layout Ihrer Wahl. Nennen Sie das Layout."
    ),
    "Derive {asked}, line by line, in {layout}.": "Leiten Sie Zeile für Zeile her. Gesucht: {asked}, im {layout}.",
    "Find the value of {asked} at {values}.": "Gesucht ist ein Wert: {asked} bei {values}.",
    "Find the value of {asked}, in {layout}, at {values}.": "Gesucht ist ein Wert: {asked}, im {layout}, bei {values}.",
    "Find the value of the entry {entry} of {asked}, in {layout}, at {values}.": (
        "Gesucht ist der Wert des Eintrags {entry}: {asked}, im {layout}, bei {values}."
    ),
    "Give at least four digits.": "Geben Sie mindestens vier Stellen an.",
    "At {point} its entry {entry} is {value}.": "Bei {point} ist der Eintrag {entry} gleich {value}.",
    "At {point} its entry {entry} is, rounded, {value}.": ("Bei {point} ist der Eintrag {entry}, gerundet, {value}."),
    "Answers that are off by at most {share} percent are right.": (
        "Antworten, die um höchstens {share} Prozent abweichen, sind richtig."
    ),
    "The solution has 1 line; every way that is right line by line earns the points.": (
        "Die Lösung hat 1 Zeile; jeder Weg, der Zeile für Zeile stimmt, bringt die Punkte."
    ),
    "The solution has {count} lines; every way that is right line by line earns the points.": (
        "Die Lösung hat {count} Zeilen; jeder Weg, der Zeile für Zeile stimmt, bringt die Punkte."
    ),
    "The right option is chosen": "Die richtige Antwort ist gewählt",
    "Option": "Auswahl",
    "What is wrong with it": "Was daran falsch ist",
    "Right:": "Richtig:",
    "None of these.": "Keine davon.",
    "One of the options is right.": "Eine der angebotenen Antworten ist richtig.",
    "Which of these is {asked}?": "Wählen Sie. Gesucht: {asked}.",
    "Which of these is {asked}, in {layout}?": "Wählen Sie. Gesucht: {asked}, im {layout}.",
    "{number} point": "{number} Punkt",
    "{number} points": "{number} Punkte",
    "1 exercise": "1 Aufgabe",
    "{number} exercises": "{number} Aufgaben",
    "Find {asked}.": "Gesucht: {asked}.",
    "{of} with respect to {variables}": "{of} nach {variables}",
    "{first}, twice": "{first}, zweimal",
    "Find {asked} in the layout of your choice. Name the layout and give the shape.": (
        "Gesucht: {asked}, in einem Layout Ihrer Wahl. Nennen Sie das Layout und das Format."
    ),
    "Find {asked} in {layout}. Give its shape.": "Gesucht: {asked}, im {layout}. Geben Sie das Format an.",
    "What is the shape of {asked}, in the layout of your choice? Name the layout.": (
        "Nur das Format ist gesucht: {asked}, in einem Layout Ihrer Wahl. Nennen Sie das Layout."
    ),
    "What is the shape of {asked}, in {layout}?": "Nur das Format ist gesucht: {asked}, im {layout}.",
    "Then evaluate it at {values}.": "Werten Sie danach aus bei {values}.",
    "{kind} {symbol} of {of} with respect to {variables}": "{kind} {symbol} von {of} nach {variables}",
    "{first} and then to {variables}": "{first} und dann nach {variables}",
    "the second derivative": "die zweite Ableitung",
    "the Hessian": "die Hesse-Matrix",
    "the derivative": "die Ableitung",
    "the gradient": "der Gradient",
    "the Jacobian": "die Jacobi-Matrix",
    "At {point} it is {value}.": "Bei {point} ist sie {value}.",
    "At {point} it is, rounded, {value}.": "Bei {point} ist sie, gerundet, {value}.",
    "In {layout} {answer}, shape {shape}, typed {typed}.": (
        "Im {layout} {answer}, vom Format {shape}, Eingabe {typed}."
    ),
    "{shape} in {layout}": "{shape} im {layout}",
    "{shape} in both layouts": "{shape} in beiden Layouts",
    "All steps": "Alle Schritte",
    "Practice copy": "Übungsblatt",
    "Practice copy as PDF": "Übungsblatt als PDF",
    "Practice copy as LaTeX": "Übungsblatt als LaTeX",
    "PDF": "PDF",
    "PDF for screen readers": "PDF für Vorleseprogramme",
    "LaTeX": "LaTeX",
    "JSON": "JSON",
    "{title}: practice": "{title}: Übung",
    "A worked derivation with some steps left out, to be filled in.": "Eine Herleitung mit Lücken zum Ausfüllen.",
    "Write the right side of this line.": "Schreiben Sie die rechte Seite dieser Zeile.",
    "Why may this line be written?": "Warum darf man diese Zeile schreiben?",
    "Which rule is it?": "Welche Regel ist es?",
    "Show this step": "Diesen Schritt zeigen",
    "Show the reason": "Die Begründung zeigen",
    "Show the name of the rule": "Den Namen der Regel zeigen",
    "The practice copy of this page leaves something open in every step.": (
        "Das Übungsblatt zu dieser Seite lässt in jedem Schritt etwas offen."
    ),
    "The practice copy of this page leaves step {number} open.": (
        "Das Übungsblatt zu dieser Seite lässt Schritt {number} offen."
    ),
    "The practice copy of this page leaves steps {numbers} open.": (
        "Das Übungsblatt zu dieser Seite lässt die Schritte {numbers} offen."
    ),
    "Answer for the case {values}.": "Antworten Sie für den Fall {values}.",
    "Write one line for each row, with blanks between its entries. A column has one entry in each line.": (
        "Schreiben Sie für jede Zeile der Matrix eine Zeile, mit Leerzeichen zwischen den Einträgen. "
        "Eine Spalte hat in jeder Zeile einen Eintrag."
    ),
    "Write the derivative between the quotes, as in 2*A @ x + b.T.": (
        "Schreiben Sie die Ableitung zwischen die Anführungszeichen, wie in 2*A @ x + b.T."
    ),
    "Write your derivation between the quotes, one line for each step.": (
        "Schreiben Sie Ihre Herleitung zwischen die Anführungszeichen, für jeden Schritt eine Zeile."
    ),
    "Write the letter of an option between the quotes.": (
        "Schreiben Sie den Buchstaben einer Antwort zwischen die Anführungszeichen."
    ),
    "Write numbers between the quotes: a vector as in [1, 2], a matrix as in [[1, 2], [3, 4]].": (
        "Schreiben Sie Zahlen zwischen die Anführungszeichen: einen Vektor wie [1, 2], eine Matrix wie [[1, 2], [3, 4]]."
    ),
    "Write the shape between the quotes, as in n x 1.": (
        "Schreiben Sie die Form zwischen die Anführungszeichen, wie in n x 1."
    ),
    "Fill in the answers. The cells below them are for grading; leave them as they are.": (
        "Füllen Sie die Antworten aus. Die Zellen darunter dienen der Bewertung; lassen Sie sie, wie sie sind."
    ),
    "This cell is for your instructor, who has the answers.": (
        "Diese Zelle ist für Ihre Lehrperson, die die Antworten hat."
    ),
    "Right, but in the other layout.": "Richtig, aber im anderen Layout.",
}
