"""German for the sentences of why where a derivative is read off a line, and for what is known of arrays there."""

from __future__ import annotations

IDENTIFICATION: dict[str, str] = {
    "The derivative of {of} is the factor of {change}.": ("Die Ableitung von {of} ist der Faktor vor {change}."),
    "The derivative of {of} is whatever multiplies {change} from the left.": (
        "Die Ableitung von {of} ist das, was {change} von links multipliziert."
    ),
    "The derivative of {of} is the transpose of the factor of {d}.": (
        "Die Ableitung von {of} ist der transponierte Faktor vor {d}."
    ),
    "In denominator layout the derivative of {of} is the transpose of what multiplies {d} from the left.": (
        "Im Nenner-Layout ist die Ableitung von {of} die Transponierte dessen, was {d} von links multipliziert."
    ),
    "In numerator layout the derivative of {of} is what multiplies {d} from the left; it is symmetric, so denominator layout, its transpose, is the same.": (
        "Im Zähler-Layout ist die Ableitung von {of} das, was {d} von links multipliziert; sie ist symmetrisch, also ist das Nenner-Layout, ihre Transponierte, dasselbe."
    ),
    "Both sides are flattened; the derivative of {of} stands in front of {flat}. It is symmetric, so denominator layout, its transpose, is the same.": (
        "Beide Seiten sind als Spalten geschrieben; die Ableitung von {of} steht vor {flat}. Sie ist symmetrisch, also ist das Nenner-Layout, ihre Transponierte, dasselbe."
    ),
    "The line holds for every {change}, so in numerator layout the derivative of {of} is the factor in front of {change} inside the trace.": (
        "Das gilt für jedes {change}; im Zähler-Layout ist die Ableitung von {of} daher der Faktor, der in der Spur vor {change} steht."
    ),
    "The derivative of {of} is the transpose of the factor in front of {change} inside the trace, in the shape of {variable}.": (
        "Die Ableitung von {of} ist der transponierte Faktor vor {change} in der Spur, im Format von {variable}."
    ),
    "Both sides are flattened; the derivative of {of} is the matrix in front of {flat}.": (
        "Beide Seiten sind als Spalten geschrieben; die Ableitung von {of} ist die Matrix vor {flat}."
    ),
    "Both sides are flattened; in denominator layout the derivative of {of} is the transpose of the matrix in front of {flat}.": (
        "Beide Seiten sind als Spalten geschrieben; im Nenner-Layout ist die Ableitung von {of} die transponierte Matrix vor {flat}."
    ),
    "{x} is symmetric, and so is its change: only the symmetric part of what stands there counts.": (
        "{x} ist symmetrisch, also auch die Änderung: Vom Faktor davor zählt nur der symmetrische Teil."
    ),
    "The entries of {vector} add up to {value}.": "Die Einträge von {vector} ergeben zusammen {value}.",
    "{inner} is assumed to be {value}.": "Vorausgesetzt ist {inner} = {value}.",
}
