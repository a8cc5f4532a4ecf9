"""What is proven of a function, in German."""

from __future__ import annotations

REMARKS: dict[str, str] = {
    "Doubling {variable} doubles {of}, and the derivative times {variable} is {of}: a quick test.": (
        "Verdoppelt man {variable}, so verdoppelt sich {of}, und die Ableitung mal {variable} ist {of}: eine schnelle Probe."
    ),
    "Doubling {variable} doubles {of}, and the entries of the derivative, each times its entry of {variable}, add up to {of}.": (
        "Verdoppelt man {variable}, so verdoppelt sich {of}, und die Einträge der Ableitung, jeder mal seinem Eintrag von {variable}, ergeben addiert {of}."
    ),
    "Doubling {variable} multiplies {of} by {factor}, and the derivative times {variable} is {degree} times {of}: a quick test.": (
        "Verdoppelt man {variable}, so wird {of} mit {factor} multipliziert, und die Ableitung mal {variable} ist {degree} mal {of}: eine schnelle Probe."
    ),
    "Doubling {variable} multiplies {of} by {factor}, and the entries of the derivative, each times its entry of {variable}, add up to {degree} times {of}.": (
        "Verdoppelt man {variable}, so wird {of} mit {factor} multipliziert, und die Einträge der Ableitung, jeder mal seinem Eintrag von {variable}, ergeben addiert {degree} mal {of}."
    ),
    "Each column of the Jacobian in numerator layout adds up to 0: the entries of {of} have the same sum for every {variable}.": (
        "Jede Spalte der Jacobi-Matrix im Zähler-Layout ergibt addiert 0: Die Einträge von {of} haben für jedes {variable} dieselbe Summe."
    ),
    "If {matrix} is symmetric, the derivative becomes {special}.": (
        "Ist {matrix} symmetrisch, so wird die Ableitung zu {special}."
    ),
    "Multiplying {variable} by a positive number does not change {of}, so the derivative times {variable} is 0.": (
        "{variable} mit einer positiven Zahl zu multiplizieren ändert {of} nicht, also ist die Ableitung mal {variable} gleich 0."
    ),
    "Multiplying {variable} by a positive number does not change {of}, so the entries of the derivative, each times its entry of {variable}, add up to 0.": (
        "{variable} mit einer positiven Zahl zu multiplizieren ändert {of} nicht, also ergeben die Einträge der Ableitung, jeder mal seinem Eintrag von {variable}, addiert 0."
    ),
    "Since its Hessian {hessian} is positive definite, {of} is strictly convex in {variable}: at most one gradient is zero, and there {of} has its least value.": (
        "Die Hesse-Matrix {hessian} ist positiv definit, also ist {of} strikt konvex in {variable}: Höchstens an einer Stelle ist der Gradient null, und dort hat {of} sein Minimum."
    ),
    "Since its Hessian {hessian} is positive semidefinite, {of} is convex in {variable}: where the gradient is zero, {of} has its least value.": (
        "Die Hesse-Matrix {hessian} ist positiv semidefinit, also ist {of} konvex in {variable}: Wo der Gradient null ist, hat {of} sein Minimum."
    ),
    "Since its second derivative {hessian} is nowhere negative, {of} is convex in {variable}: where the derivative is zero, {of} has its least value.": (
        "Die zweite Ableitung {hessian} ist nirgends negativ, also ist {of} konvex in {variable}: Wo die Ableitung null ist, hat {of} sein Minimum."
    ),
    "Since its second derivative {hessian} is positive, {of} is strictly convex in {variable}: at most one derivative is zero, and there {of} has its least value.": (
        "Die zweite Ableitung {hessian} ist positiv, also ist {of} strikt konvex in {variable}: Höchstens an einer Stelle ist die Ableitung null, und dort hat {of} sein Minimum."
    ),
    "Swapping {left} and {right} does not change {of}, so it swaps the two partial derivatives.": (
        "Vertauscht man {left} und {right}, so ändert sich {of} nicht; dabei vertauschen sich die zwei partiellen Ableitungen."
    ),
    "The derivative does not depend on {variable}: it is the slope of a straight line.": (
        "Die Ableitung hängt nicht von {variable} ab: Sie ist die Steigung einer Geraden."
    ),
    "The derivative does not depend on {variable}: with each entry of it, {of} changes at a constant rate.": (
        "Die Ableitung hängt nicht von {variable} ab: Mit jedem Eintrag von {variable} ändert sich {of} mit konstanter Rate."
    ),
    "The entries of the derivative add up to 0: adding one number to every entry of {variable} does not change {of}.": (
        "Die Einträge der Ableitung ergeben addiert 0: Zu jedem Eintrag von {variable} dieselbe Zahl zu addieren ändert {of} nicht."
    ),
    "The gradient is zero where {left} = {right}: these are the normal equations. There {of} has its least value, since it is convex.": (
        "Der Gradient ist null, wo {left} = {right} gilt: Das sind die Normalgleichungen. Dort hat {of} sein Minimum, denn es ist konvex."
    ),
}
