"""The verdict on an answer, and what is wrong with it, in German."""

from __future__ import annotations

VERDICTS: dict[str, str] = {
    "Right.": "Richtig.",
    "Right, but in the other layout.": "Richtig, aber im anderen Layout.",
    "Not right.": "Nicht richtig.",
    "No answer.": "Keine Antwort.",
    "numerator layout": "Zähler-Layout",
    "denominator layout": "Nenner-Layout",
    "first": "erste",
    "second": "zweite",
    "row": "Zeile",
    "column": "Spalte",
    "matrix": "Matrix",
    "{one} or {other}": "{one} oder {other}",
    "1 x 1 (a scalar)": "1 x 1 (ein Skalar)",
    "Right, in {layout}.": "Richtig, im {layout}.",
    "Right, in the other layout: you gave the {shape} {kind} ({given}); {asked} asks for its transpose{size}.": (
        "Richtig, im anderen Layout: {kind} {shape} ({given}) statt der Transponierten{size} ({asked})."
    ),
    "This is the shape in {given}; in {asked} it is {shape}.": (
        "Das ist das Format im {given}; im {asked} ist es {shape}."
    ),
    "Line {number}: {told}": "Zeile {number}: {told}",
    "{mistake}, and in the other layout.": "{mistake}, und im anderen Layout.",
    "There is no line here.": "Hier steht keine Zeile.",
    "Not the derivative.": "Nicht die Ableitung.",
    "Not the derivative: {compared}.": "Nicht die Ableitung: {compared}.",
    "Not the value of the derivative at this point.": "Nicht der Wert der Ableitung an dieser Stelle.",
    "The shape does not fit: your answer is {given}, the derivative is {wanted}.": (
        "Das Format passt nicht: Ihre Antwort hat {given}, die Ableitung {wanted}."
    ),
    "It is not the derivative in {layout} either: {compared}.": (
        "Auch im {layout} ist das nicht die Ableitung: {compared}."
    ),
    "your answer has no value": "Ihre Antwort hat keinen Wert",
    "at {point} your answer has no value": "bei {point} hat Ihre Antwort keinen Wert",
    "{point} (with {small} in the place of {large})": "{point} (mit {small} an der Stelle von {large})",
    "your answer gives {found}, the derivative is {wanted}": "Ihre Antwort ergibt {found}, die Ableitung ist {wanted}",
    "at the point {point} your answer gives {found}, the derivative is {wanted}": (
        "an der Stelle {point} ergibt Ihre Antwort {found}, die Ableitung ist {wanted}"
    ),
    "entry {entry} of your answer is {found}, that of the derivative is {wanted}": (
        "Eintrag {entry} Ihrer Antwort ist {found}, der der Ableitung {wanted}"
    ),
    "at the point {point} entry {entry} of your answer is {found}, that of the derivative is {wanted}": (
        "an der Stelle {point} ist Eintrag {entry} Ihrer Antwort {found}, der der Ableitung {wanted}"
    ),
    "The shapes do not fit: {fault}": "Die Formate passen nicht zusammen: {fault}",
    "{fault}: a transpose is missing.": "{fault}: Eine Transponierte fehlt.",
    "{fault}: a transpose is missing, and it is in the other layout.": (
        "{fault}: Eine Transponierte fehlt, und es ist das andere Layout."
    ),
    "The change of {name} is {wanted}, and this line is {given}.": (
        "d{name} hat das Format {wanted}, und diese Zeile {given}."
    ),
    "This is not the change of {name}.": "Das ist nicht d{name}.",
    "This is neither {name} nor its derivative.": "Das ist weder {name} noch die Ableitung davon.",
    "A line of a second derivative cannot be written in differentials here: write the derivative.": (
        "Eine Zeile einer zweiten Ableitung kann hier nicht in Differentialen stehen: Schreiben Sie die Ableitung."
    ),
    "Every line is right, but the last one is not the derivative yet: read it off.": (
        "Alle Zeilen sind richtig, aber die letzte ist noch nicht die Ableitung: Lesen Sie sie ab."
    ),
    "The derivative does not have the shape {given}.": "Die Ableitung hat nicht das Format {given}.",
    "Your answer is {given}, which is not the shape of the derivative.": (
        "Ihre Antwort hat das Format {given}, die Ableitung nicht."
    ),
    "Your answer is none of the options: write one of {letters}.": (
        "Ihre Antwort ist keine der Möglichkeiten: Schreiben Sie eine von {letters}."
    ),
    "Your answer cannot be read: {fault}": "Ihre Antwort ist nicht lesbar: {fault}",
    "Your answer cannot be read: the letter {letter} counts entries, and no sum runs over it.": (
        "Ihre Antwort ist nicht lesbar: Der Buchstabe {letter} zählt Einträge, und keine Summe läuft darüber."
    ),
    "Your answer cannot be read: it is nested too deeply. Write a shorter one.": (
        "Ihre Antwort ist nicht lesbar: Sie ist zu tief geschachtelt. Schreiben Sie eine kürzere."
    ),
    "Your answer is too long to be read. Write a shorter one.": (
        "Ihre Antwort ist zu lang zum Lesen. Schreiben Sie eine kürzere."
    ),
    "Your answer has too many lines: at most {most} are read.": (
        "Ihre Antwort hat zu viele Zeilen: Höchstens {most} werden gelesen."
    ),
    "Your answer cannot be worked out: write numbers, a vector as in [1, 2], a matrix as in [[1, 2], [3, 4]].": (
        "Ihre Antwort lässt sich nicht ausrechnen: Schreiben Sie Zahlen, wie [1, 2] oder [[1, 2], [3, 4]]."
    ),
    "Your answer cannot be worked out: its arrays are too large. Write it with the sizes of the question.": (
        "Ihre Antwort lässt sich nicht ausrechnen: Matrizen darin sind zu groß. Nehmen Sie die Größen der Frage."
    ),
    "Your answer cannot be judged: to work it out takes too long. Write a shorter one.": (
        "Ihre Antwort lässt sich nicht beurteilen: Das Ausrechnen dauert zu lange. Schreiben Sie eine kürzere."
    ),
    "Your answer cannot be judged: {left} is still to be worked out. Write out what it is.": (
        "Ihre Antwort lässt sich nicht beurteilen: {left} ist noch nicht ausgerechnet. Schreiben Sie aus, was es ist."
    ),
    "Your answer cannot be judged here: that needs {package}.": (
        "Ihre Antwort lässt sich hier nicht beurteilen: Dazu gehört {package}."
    ),
    "This answer could not be judged: {why}.": "Diese Antwort ließ sich nicht beurteilen: {why}.",
    "Read as: {reading}": "Gelesen als: {reading}",
    "Not in the form that is asked for: {told}.": "Nicht in der Form, die gefragt ist: {told}.",
    "{name} may not be used": "{name} darf nicht vorkommen",
    "a transpose may not be used": "eine Transponierte darf nicht vorkommen",
    "it has {length} names and numbers, and at most {most} are wanted": (
        "sie hat {length} Namen und Zahlen, und höchstens {most} sind gefragt"
    ),
    "There is no question {name} on this sheet; its answer is not graded.": (
        "Eine Frage {name} gibt es auf diesem Blatt nicht; die Antwort darauf ist nicht bewertet."
    ),
    "{points} of {most} points": "{points} von {most} Punkten",
}
