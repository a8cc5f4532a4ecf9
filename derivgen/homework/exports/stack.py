"""STACK: questions in Moodle whose answers are typed and judged by Maxima.

Maxima knows no matrices of unknown size, so that a question is asked for small sizes, with letters as
entries. Students choose the size of their answer themselves, or the form would give the layout away.
Source: the documentation of STACK, "Moodle XML format", "Potential response trees" and "Question tests".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction

from derivgen.answers.key import LAYOUTS, scope_of
from derivgen.answers.reals import with_plain_exponents
from derivgen.answers.stored import Stored, asked_and_found, read_key
from derivgen.document.wording.exports import answer_in_letters, typed_by_rows
from derivgen.document.wording.telling import told
from derivgen.errors import DerivgenError, ShapeError
from derivgen.expr.build import negative
from derivgen.expr.nodes import Constant, Expr, Product, Variable
from derivgen.expr.walk import nodes_within
from derivgen.homework.exports.leftout import LeftOut, with_left_out
from derivgen.homework.exports.letters import (
    Lettered,
    Letters,
    NoLettersError,
    Sizes,
    in_maxima,
    instances,
    lettered,
    letters_of,
)
from derivgen.homework.exports.moodle import category, head, text
from derivgen.homework.exports.paragraphs import html_of, words_html
from derivgen.homework.exports.scoring import (
    FULL,
    Key,
    Question,
    decimal,
    layouts_of,
    options_of,
    other_layout,
    questions_by_id,
    sentence,
    share_of,
)
from derivgen.problem.problem import LayoutName, counterpart
from derivgen.record import record
from derivgen.render.plain import words
from derivgen.syntax.parse import Scope, parse

MOST_MISTAKES = 4
SEEDS = (1001, 1002, 1003, 1004)
# The bank's own names, which no letter may have.
OWN = ("rightanswer", "otherlayout", "chosencase", "ans1", "prt1")
_PLACE = "\ue000"


@record
class Branch:
    """One answer that the question knows: its name in Maxima, its value for each choice of sizes, what it earns."""

    name: str
    note: str
    values: tuple[Lettered, ...]
    share: Fraction
    feedback: str


@record
class Case:
    """A question for small sizes: the variables with their values for each choice of sizes, and the known answers."""

    given: tuple[tuple[str, tuple[str, ...]], ...]
    branches: tuple[Branch, ...]
    is_scalar: bool


def stack(key: Key) -> dict[str, bytes]:
    """The bank of a key as one file to import into a Moodle with STACK."""
    stored = {(one.variant, one.id): one for one in read_key(key).questions}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    left_out: list[LeftOut] = []
    for identifier, questions in questions_by_id(key).items():
        made = []
        for question in questions:
            try:
                made.append(_question(key, question, stored[question["variant"], question["id"]]))
            except NoLettersError as error:
                left_out.append(LeftOut(question, f"not in STACK: {error}"))
        lines += [category(key, identifier), *made] if made else []
    files = {"stack.xml": ("\n".join([*lines, "</quiz>"]) + "\n").encode()}
    return with_left_out(files, left_out)


# The algebra


def case_of(key: Key, question: Question, stored: Stored) -> Case:
    """The question with letters.

    Raises: NoLettersError if it cannot be asked so.
    """
    match question["answer"]:
        case "expression":
            return _derivative(key, question, stored)
        case "number":
            return _number(key, question)
        case kind:
            raise NoLettersError(f"the answer is a {kind}, and no matrix")


def _derivative(key: Key, question: Question, stored: Stored) -> Case:
    try:
        problem, request, found = asked_and_found(stored)
    except DerivgenError as error:
        raise NoLettersError("its key cannot be read") from error
    layouts = {layout: with_plain_exponents(expr) for layout, expr in found.items()}
    right = layouts[layouts_of(question)[0]]
    known = tuple(_mistakes(key, question, right, scope_of(problem, request)))
    variables = {
        node.name: node
        for expr in (*problem.variables.values(), right, *(wrong for wrong, _, _ in known))
        for node in nodes_within(expr)
        if isinstance(node, Variable)
    }
    names = sorted({name for one in variables.values() for side in one.shape for name in side.names})
    settings = tuple((at, {name: letters_of(one, at) for name, one in variables.items()}) for at in instances(names))
    branches = [*_right(key, question, {layout: _values(expr, settings) for layout, expr in layouts.items()})]
    for wrong, name, feedback in known:
        with suppress(NoLettersError):
            values = _values(wrong, settings)
            _add(branches, Branch(f"wronganswer{len(branches)}", name, values, share_of(key, name), feedback))
    _keep_apart([letters for _, letters in settings])
    given = tuple((name, tuple(in_maxima(letters[name]) for _, letters in settings)) for name in variables)
    return Case(given, tuple(branches), right.is_scalar)


def _values(expr: Expr, settings: tuple[tuple[Sizes, Letters], ...]) -> tuple[Lettered, ...]:
    return tuple(lettered(expr, sizes, letters) for sizes, letters in settings)


def _keep_apart(settings: list[Letters]) -> None:
    for letters in settings:
        owners: dict[str, str] = {}
        for name, rows in letters.items():
            for letter in (one for row in rows for one in row):
                if owners.setdefault(letter, name) != name or letter in (*OWN, *map(_displayed, letters)):
                    raise NoLettersError(f"{letter} would stand for two things")


def _right(key: Key, question: Question, values: Mapping[LayoutName, tuple[Lettered, ...]]) -> Iterator[Branch]:
    """The right answer, and the other layout where that differs."""
    first = layouts_of(question)[0]
    other = counterpart(first)
    yield Branch("rightanswer", "correct", values[first], FULL, "")
    if not any(map(Lettered.equals, values[other], values[first])):
        is_right = question["layout"] == "both"
        share = FULL if is_right else share_of(key, "other_layout")
        yield Branch("otherlayout", "other_layout", values[other], share, "" if is_right else other_layout(key))


def _mistakes(key: Key, question: Question, right: Expr, scope: Scope) -> Iterator[tuple[Expr, str, str]]:
    """Wrong answers with names: those of the options, else a wrong sign and half of the answer."""
    found = False
    for option in options_of(question)[:MOST_MISTAKES]:
        if option["right"] is not True and option.get("mistake") not in (None, "other_layout"):
            try:
                expr = parse(option["text"], scope)
            except (DerivgenError, ShapeError):
                continue
            found = True
            yield expr, option["mistake"], option.get("feedback") or ""
    if not found:
        half = Product((Constant(Fraction(1, 2)), right))
        for expr, name in ((negative(right), "wrong_sign"), (half, "missing_factor_2")):
            yield expr, name, sentence(key, name)


def _add(branches: list[Branch], branch: Branch) -> None:
    """Add a branch, if it differs from the others for each choice of sizes."""
    if not any(one.equals(two) for other in branches for one, two in zip(branch.values, other.values, strict=True)):
        branches.append(branch)


def _number(key: Key, question: Question) -> Case:
    value = question["value"]
    if not value or not value["exact"]:
        raise NoLettersError("its numbers are rounded")
    numbers = {layout: parse(one["text"], Scope({})) for layout, one in value["layouts"].items()}
    settings: tuple[tuple[Sizes, Letters], ...] = (({}, {}),)
    branches = [*_right(key, question, {layout: _values(numbers[layout], settings) for layout in LAYOUTS})]
    right = numbers[layouts_of(question)[0]]
    share, told_of_it = share_of(key, "wrong_sign"), sentence(key, "wrong_sign")
    wrong = _values(negative(right), settings)
    _add(branches, Branch(f"wronganswer{len(branches)}", "wrong_sign", wrong, share, told_of_it))
    return Case((), tuple(branches), right.is_scalar)


# The question


def _question(key: Key, question: Question, stored: Stored) -> str:
    case = case_of(key, question, stored)
    return "\n".join(
        [
            '<question type="stack">',
            *(castext(line) if line.startswith("<generalfeedback") else line for line in _head(key, question, case)),
            *_settings(case),
            *_input(case),
            *_tree(case),
            *(f"<deployedseed>{seed}</deployedseed>" for seed in (SEEDS if _is_drawn(case) else ())),
            *_tests(case),
            "</question>",
        ]
    )


def castext(html: str) -> str:
    """The page with no sign in it that STACK would read as its own."""
    return html.replace("[[", "&#91;&#91;").replace("{@", "&#123;@").replace("{#", "&#123;#")


def _head(key: Key, question: Question, case: Case) -> list[str]:
    # A scalar that is a letter itself needs no word.
    named = (name for name, values in case.given if values[0] != name)
    values = ", ".join(rf"\({{@{name}@}}={{@{_displayed(name)}@}}\)" for name in named)
    sentences = (
        *(answer_in_letters(_PLACE) if values else ()),
        *((" ", *typed_by_rows()) if not case.is_scalar else ()),
    )
    more = words_html(words(told(sentences, key["language"]))).strip().replace(_PLACE, values)
    asked = castext(html_of(question["prompt"])) + (f"<p>{more}</p>" if more else "")
    return head(question, f"{asked}<p>[[input:ans1]] [[validation:ans1]]</p>", kind=".stack")


def _displayed(name: str) -> str:
    return f"given_{name}"


def _is_drawn(case: Case) -> bool:
    """Whether there is more than one choice of sizes, of which STACK draws one."""
    return len(case.branches[0].values) > 1


def variables(case: Case) -> str:
    """What Maxima is told before anything is judged."""
    named = [(_displayed(name), values) for name, values in case.given]
    named += [(branch.name, tuple(one.text for one in branch.values)) for branch in case.branches]
    drawn = [f"chosencase:1+rand({len(case.branches[0].values)})"] if _is_drawn(case) else []
    chosen = [f"{name}:[{','.join(values)}][{'chosencase' if drawn else '1'}]" for name, values in named]
    return ";\n".join([*drawn, *chosen]) + ";"


def _settings(case: Case) -> list[str]:
    note = ", ".join(f"{{@{name}@}}" for name in (*(_displayed(name) for name, _ in case.given), "rightanswer"))
    fixed = {"questionsimplify": 1, "assumepositive": 0, "assumereal": 1}
    shown = {"decimals": ".", "multiplicationsign": "dot", "sqrtsign": 1, "complexno": "i", "inversetrig": "cos-1"}
    more = {"logicsymbol": "lang", "matrixparens": "[", "variantsselectionseed": ""}
    return [
        "<stackversion><text>2024012900</text></stackversion>",
        f"<questionvariables>{text(variables(case))}</questionvariables>",
        f'<specificfeedback format="html">{text("[[feedback:prt1]]")}</specificfeedback>',
        f'<questionnote format="html">{text(note)}</questionnote>',
        *(f"<{name}>{value}</{name}>" for name, value in fixed.items()),
        *(
            f'<prt{name} format="html"><text></text></prt{name}>'
            for name in ("correct", "partiallycorrect", "incorrect")
        ),
        *(f"<{name}>{value}</{name}>" for name, value in {**shown, **more}.items()),
    ]


def _input(case: Case) -> list[str]:
    settings = {
        "name": "ans1",
        "type": "algebraic" if case.is_scalar else "varmatrix",
        "tans": "rightanswer",
        "boxsize": 15,
        "strictsyntax": 1,
        "insertstars": 0,
        "syntaxhint": "",
        "syntaxattribute": 0,
        "forbidwords": "",
        "allowwords": "",
        "forbidfloat": 0,
        "requirelowestterms": 0,
        "checkanswertype": 0,
        "mustverify": 1,
        "showvalidation": 1,
        "options": "",
    }
    return ["<input>", *(f"<{name}>{value}</{name}>" for name, value in settings.items()), "</input>"]


def _tree(case: Case) -> Iterator[str]:
    """One node for each known answer; what none of them knows is wrong."""
    yield "<prt><name>prt1</name><value>1</value><autosimplify>1</autosimplify><feedbackstyle>1</feedbackstyle>"
    yield "<feedbackvariables><text></text></feedbackvariables>"
    for k, branch in enumerate(case.branches):
        following = k + 1 if k + 1 < len(case.branches) else -1
        feedback = text(castext(f"<p>{words_html(branch.feedback)}</p>") if branch.feedback else "")
        yield f"<node><name>{k}</name><description>{branch.note}</description>"
        yield f"<answertest>AlgEquiv</answertest><sans>ans1</sans><tans>{branch.name}</tans>"
        yield "<testoptions></testoptions><quiet>1</quiet>"
        yield f"<truescoremode>=</truescoremode><truescore>{decimal(branch.share)}</truescore>"
        yield "<truepenalty></truepenalty><truenextnode>-1</truenextnode>"
        yield f"<trueanswernote>{_note(branch)}</trueanswernote>"
        yield f'<truefeedback format="html">{feedback}</truefeedback>'
        yield "<falsescoremode>=</falsescoremode><falsescore>0</falsescore><falsepenalty></falsepenalty>"
        yield f"<falsenextnode>{following}</falsenextnode><falseanswernote>prt1-{k}-F</falseanswernote>"
        yield '<falsefeedback format="html"><text></text></falsefeedback></node>'
    yield "</prt>"


def _note(branch: Branch) -> str:
    return f"prt1-{branch.note}"


def _tests(case: Case) -> Iterator[str]:
    """A test for each known answer, which STACK runs on demand."""
    for k, branch in enumerate(case.branches, 1):
        yield f"<qtest><testcase>{k}</testcase><description>{branch.note}</description>"
        yield f"<testinput><name>ans1</name><value>{branch.name}</value></testinput>"
        yield f"<expected><name>prt1</name><expectedscore>{decimal(branch.share)}</expectedscore>"
        yield "<expectedpenalty></expectedpenalty>"
        yield f"<expectedanswernote>{_note(branch)}</expectedanswernote></expected></qtest>"
