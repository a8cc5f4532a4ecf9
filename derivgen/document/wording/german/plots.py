"""What plots show, in German."""

from __future__ import annotations

PLOTS: dict[str, str] = {
    # Plots.
    "Left {function}, right the derivative {derivative}.": "Links {function}, rechts die Ableitung {derivative}.",
    "Open circles: there it has no value.": "Offene Kreise: Dort hat sie keinen Wert.",
    "Two curves side by side: {function} on the left, its derivative on the right.": (
        "Zwei Kurven nebeneinander: links {function}, rechts die Ableitung davon."
    ),
    "At {variable} = {at} the left one is {value}.": "Bei {variable} = {at} hat die linke den Wert {value}.",
    "At {variable} = {at} the left one has a corner.": "Bei {variable} = {at} hat die linke einen Knick.",
    "There the derivative jumps from {before} to {after} and has no value.": (
        "Dort springt die Ableitung von {before} auf {after} und hat selbst keinen Wert."
    ),
    "Level lines of {function} in steps of {step}, with the numbers of the check.": (
        "Niveaulinien von {function} im Abstand {step}, mit den Zahlen der Probe."
    ),
    "{variable} lies on the thick one; the gradient there stands at a right angle to it and points to larger values.": (
        "{variable} liegt auf der dicken; der Gradient steht dort senkrecht auf ihr und zeigt zu größeren Werten."
    ),
    "The level lines are closed curves, one inside the other.": "Die Niveaulinien sind geschlossen und liegen ineinander.",
    "The level lines are curves that leave the picture.": "Die Niveaulinien führen aus dem Bild hinaus.",
    "At {variable} = {at} the value is {value}, and an arrow in the direction of the gradient {gradient} "
    "stands at a right angle on the level line.": (
        "Bei {variable} = {at} ist der Wert {value}, und ein Pfeil in Richtung des Gradienten {gradient} "
        "steht senkrecht auf der Niveaulinie."
    ),
}
