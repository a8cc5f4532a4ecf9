"""The words of feedback pages in German."""

from __future__ import annotations

FEEDBACK: dict[str, str] = {
    "What became of the answers to a sheet.": "Was aus den Antworten auf ein Blatt wurde.",
    "Points.": "Punkte.",
    "Asked:": "Gefragt:",
    "the shape of {request}": "Format von {request}",
    "{request}, where {definitions}": "{request}, mit {definitions}",
    "{request} in {layout}": "{request}, {layout}",
    "Your answer:": "Ihre Antwort:",
    "Read as:": "Gelesen als:",
    "A later answer counts.": "Eine spätere Antwort zählt.",
    "Right, in the other layout.": "Richtig, im anderen Layout.",
    "Not read.": "Nicht lesbar.",
    "Not graded yet.": "Noch nicht bewertet.",
    "Feedback on {sheet}": "Rückmeldung zu {sheet}",
    "For {student}, sheet {code}.": "Für {student}, Blatt {code}.",
    "For {student}.": "Für {student}.",
    "For sheet {code}.": "Für Blatt {code}.",
    "Question {number}": "Frage {number}",
    "{points} of {most}": "{points} von {most}",
}
