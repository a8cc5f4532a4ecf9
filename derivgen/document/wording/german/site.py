"""The words of a site in German: its indexes, its first page, its links."""

from __future__ import annotations

SITE: dict[str, str] = {
    "Chapter {number}": "Kapitel {number}",
    "Functions": "Funktionen",
    "Forms": "Formen",
    "Rules": "Regeln",
    "Manual": "Handbuch",
    "Index by function": "Verzeichnis der Funktionen",
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
}
