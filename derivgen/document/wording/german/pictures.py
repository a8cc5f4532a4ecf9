"""What pictures say, in German."""

from __future__ import annotations

PICTURES: dict[str, str] = {
    # The graph.
    "variable": "Variable",
    "A graph.": "Ein Graph.",
    "What is given is round, functions are square; an arrow leads from each to the functions that use it.": (
        "Gegebenes ist rund, Funktionen sind eckig; von jedem führt ein Pfeil zu den Funktionen, die es benutzen."
    ),
    "Thick arrows are the paths along which the variable acts.": (
        "Dicke Pfeile sind die Wege, auf denen die Variable wirkt."
    ),
    "Thick arrows are the paths along which the variables act.": (
        "Dicke Pfeile sind die Wege, auf denen die Variablen wirken."
    ),
    "{node} is used by {users}.": "{node} wird benutzt von {users}.",
    "{all} and by {next}": "{all} und von {next}",
    "{all} to {next}": "{all} nach {next}",
    "There are {count} paths from {source} to {target}.": "Es gibt {count} Wege von {source} nach {target}.",
    "There are {count} paths from {source} to {target}: {paths}.": (
        "Es gibt {count} Wege von {source} nach {target}: {paths}."
    ),
    "There is one path from {source} to {target}: {paths}.": "Es gibt einen Weg von {source} nach {target}: {paths}.",
    # The arrows of steps, marked in the graph.
    "The number on an arrow is that of its step.": "Die Zahl an einem Pfeil ist die seines Schritts.",
    "Each term of the sum belongs to the marked arrows above it.": (
        "Jeder Summand gehört zu den markierten Pfeilen über ihm."
    ),
    "The path {path} is marked; its arrows belong to the steps {numbers}.": (
        "Der Weg {path} ist markiert; seine Pfeile gehören zu den Schritten {numbers}."
    ),
    "These arrows are marked: {arrows}.": "Diese Pfeile sind markiert: {arrows}.",
    "{arrow}, step {number}": "{arrow}, Schritt {number}",
    "The path {path} is marked for {term}.": "Der Weg {path} ist markiert für {term}.",
    "The arrows {arrows} are marked for {term}.": "Die Pfeile {arrows} sind markiert für {term}.",
    # Boxes to scale.
    "{rows} by {columns}": "{rows} mal {columns}",
    "{left} times {right}": "{left} mal {right}",
    "{formula} ({shape})": "{formula} ({shape})",
    "Boxes to scale: {whole} is {factors}.": "Kästen im Maßstab: {whole} ist {factors}.",
    "Boxes to scale for the line before: {whole} is {factors}.": (
        "Kästen im Maßstab zur Zeile davor: {whole} ist {factors}."
    ),
    "Boxes side by side: {factors} gives {result}; matching sizes have one length.": (
        "Kästen nebeneinander: {factors} ergibt {result}; gleiche Größen sind gleich lang."
    ),
    "Inner sizes match; the outer sizes are left.": "Die inneren Größen passen; die äußeren bleiben.",
    "A box of shape {shape}: its rows are counted on the left, {functions}; its columns above, {variables}.": (
        "Ein Kasten vom Format {shape}: links sind die Zeilen gezählt, {functions}; oben die Spalten, {variables}."
    ),
    "Rows count functions, columns count variables: {shape}, numerator layout.": (
        "Zeilen zählen Funktionen, Spalten zählen Variablen: {shape}, Zähler-Layout."
    ),
    "functions": "Funktionen",
    "variables": "Variablen",
    "{kind} by {other}: {shape}": "{kind} nach {other}: {shape}",
    "The four cases to scale, in numerator layout. Denominator layout exchanges the width and height of each box.": (
        "Die vier Fälle im Maßstab, im Zähler-Layout. Das Nenner-Layout vertauscht Breite und Höhe jedes Kastens."
    ),
    "Four boxes to scale. {cases}.": "Vier Kästen im Maßstab. {cases}.",
    "{kind} f, {u} u, {x} x: {factors}": "{kind} f, {u} u, {x} x: {factors}",
    "The chain rule to scale, in numerator layout: the size of {u} is the inner one in every product.": (
        "Die Kettenregel im Maßstab, im Zähler-Layout: In jedem Produkt ist die Größe von {u} die innere."
    ),
    "Products of two boxes to scale. {cases}.": "Produkte zweier Kästen im Maßstab. {cases}.",
    # Figures of a first course.
    "inputs": "Eingaben",
    "weights": "Gewichte",
    "bias": "Bias",
    "sum": "Summe",
    "activation": "Aktivierung",
    "A neuron from left to right: each input from x sub 1 to x sub n is multiplied by its weight w; the products and the bias b are added to z; the activation, the greater of 0 and z, gives the output a.": (
        "Ein Neuron von links nach rechts: Jede Eingabe von x Index 1 bis x Index n wird mit ihrem Gewicht w multipliziert; die Produkte und der Bias b ergeben addiert z; die Aktivierung, das Größere von 0 und z, gibt die Ausgabe a."
    ),
    "A neuron: the weighted sum of its inputs plus the bias, then the activation.": (
        "Ein Neuron: die gewichtete Summe seiner Eingaben plus Bias, dann die Aktivierung."
    ),
    "Two columns of boxes. The vector x of n components: x1, x2 and so on down to xn. The vector x of three components: x1, x2, x3.": (
        "Zwei Spalten aus Kästen. Der Vektor x mit n Komponenten: x1, x2 und so weiter bis xn. Der Vektor x mit drei Komponenten: x1, x2, x3."
    ),
    "A vector is a column of scalars: of {n} components, and of 3.": (
        "Ein Vektor ist eine Spalte aus Skalaren: mit {n} Komponenten, und mit 3."
    ),
}
