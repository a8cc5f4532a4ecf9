"""Every sentence that a page says can be read aloud: it has a finite verb, and a reason says more than a name.

The templates are the keys of the German catalogue, of which another test says that it has all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from derivgen.calculus.catalogue import RULES
from derivgen.document.blocks import Block, Callout, Document, Paragraph, StepBlock
from derivgen.document.within import formulas_within
from derivgen.document.wording.german import GERMAN
from derivgen.document.wording.members import MEMBERS
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.plain import words
from derivgen.spec.files import find_specs

GALLERY = Path(__file__).parents[2] / "specs"
NETWORK = "12-machine-learning/two-layer-network-weights.yaml"
SOFTMAX = "12-machine-learning/softmax-cross-entropy.yaml"
EVERY_PAGE = pytest.mark.parametrize("path", find_specs([GALLERY]), ids=lambda path: path.stem)

# The finite verbs of derivgen's own sentences; no participle and no gerund stands here.
FINITE = """
act acts add adds agree answer applies apply are arranges became become becomes belong belongs break bring brings call
calls can cancel cancels cannot carries change changes check climbs clips collects comes commute compare contain
contains contribute contributes could count counts decides depend depends derive did differ differentiate
differentiates differs do does drop drops earns end ends enter enters equal equals evaluate exchanges exist exists
fall falls fill find finds fit fits follow follows gathers gave get gets give gives go goes got grow grows had has
have hide hides hold holds includes is keep keeps know lacks lead leads leave leaves lengthens lets lie lies list
lists look looks lose loses lower lowers make makes mark marks match matter matters may mean means meet meets mix
mixes move moves multiplies multiply must name need needs normalises occurs pass passes pick picks point prefer print
prints put puts raises reach reaches react read remain remains remove reorders repeats reverse reverses rewrites say
says scale scales see sees send sends show shows solve stacks stand stands start starts stay stays stores swap swaps
take takes tell tells think treat try turn turns use uses varies vary wants was were will work works would write
writes flatten
"""
VERBS = frozenset(FINITE.split())
# What stands where a sentence could: a label, the caption of a picture, the description of a page.
NAMES = frozenset(
    (
        "Common mistake.",
        "Shape convention.",
        "Left out.",
        "Print version.",
        "Not for students.",
        "A graph.",
        "Two columns of boxes.",
        "Four boxes to scale.",
        "Products of two boxes to scale.",
        "The four cases to scale, in numerator layout.",
        "A neuron: the weighted sum of its inputs plus the bias, then the activation.",
        "The vector x of n components: x1, x2 and so on down to xn.",
        "The vector x of three components: x1, x2, x3.",
        "Left {function}, right the derivative {derivative}.",
        "Two curves side by side: {function} on the left, its derivative on the right.",
        "Level lines of {function} in steps of {step}, with the numbers of the check.",
        "The questions of a sheet worked out step by step, with what earns points.",
        "Questions on derivatives, with room for the answers and with hints.",
        "The answers to the questions of a sheet, for graders.",
        "A worked derivation with some steps left out, to be filled in.",
        "Derivatives worked out step by step.",
        "All variants of a sheet with their answers, and one of each worked out.",
        "For {student}.",
        "For {students}.",
        "For {student}, sheet {code}.",
        "For sheet {code}.",
        "All pages by the shape of the function and by that of the variable.",
        "All pages of this site, to be narrowed down by words, chapter, rule and shape.",
        "None of these.",
        "Not right.",
        "Not the derivative.",
        "Right, in {layout}.",
        "Right, in the other layout.",
        "Right, but in the other layout.",
        "Not graded yet.",
        "Off by the constant factor {factor}.",
        "Worked derivation of {asked}, step by step, with a reason and a check for each step.",
    )
)
# Formulas between words, read with "equals" and the like, and what names a source.
READ = re.compile(r"[=≠<>]|^Source: ")
# Slots that hold a whole sentence or an equation, which is read with "equals".
CLAUSES = re.compile(r"\{(?:why|general|statement|terms|when|value|shaped|source|compared|mistake)\}")
GERUND = re.compile(r"[A-Z][a-z]+ing\b")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text that end with a full stop."""
    for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z{])", text.removeprefix("^")):
        if sentence.endswith(".") and " " in sentence:
            yield sentence


def has_verb(sentence: str) -> bool:
    return bool(VERBS & set(re.findall(r"[a-z]+", sentence.lower())) or CLAUSES.search(sentence))


OWN = sorted({sentence for template in GERMAN for sentence in sentences(template)} - NAMES)


@pytest.mark.parametrize("sentence", OWN, ids=str)
def test_a_sentence_of_ours_has_a_finite_verb(sentence: str) -> None:
    # A mistake is named by what is done: "Mixing layouts"; a full sentence follows it.
    assert has_verb(sentence) or GERUND.match(sentence)


def test_a_name_for_a_mistake_is_followed_by_a_sentence() -> None:
    named = [template for template in GERMAN if GERUND.match(template) and template.endswith(".")]
    alone = [template for template in named if not any(map(has_verb, sentences(template)))]
    assert alone == []


@pytest.mark.parametrize("sentence", ["Jacobi's formula divided by the determinant.", "The sum rule, used many times."])
def test_a_sentence_without_a_verb_is_found(sentence: str) -> None:
    assert not has_verb(sentence)


@cache
def page(path: Path) -> Document:
    return document_of(worked(path, GALLERY, Wishes()), path.stem, GALLERY)[0]


def prose(blocks: tuple[Block, ...]) -> Iterator[str]:
    """What a page says in running words; what an equation says between them is read with "equals"."""
    for block in blocks:
        match block:
            case Paragraph(text=text) | Callout(text=text):
                yield from sentences(words(text))
            case StepBlock(why=why):
                yield from sentences(words(why))
            case _:
                pass


NAMES_OF_RULES = frozenset(
    name.lower() for name in (*(r.name for r in RULES.values()), *(n for f in MEMBERS.values() for n in f.values()))
)


@EVERY_PAGE
def test_a_reason_is_more_than_the_name_of_its_rule(path: Path) -> None:
    reasons = [words(block.why) for block in page(path).blocks if isinstance(block, StepBlock) and block.why]
    bare = [re.sub(r"^(it is |this is |by )?(the )?|\.$", "", reason.lower()) for reason in reasons]
    assert NAMES_OF_RULES.isdisjoint(bare)
    assert [reason for reason in reasons if not has_verb(reason)] == []


@EVERY_PAGE
def test_a_sentence_of_a_page_has_a_finite_verb(path: Path) -> None:
    bare = [one for one in prose(page(path).blocks) if not (has_verb(one) or GERUND.match(one) or READ.search(one))]
    assert bare == []


@EVERY_PAGE
def test_a_common_mistake_has_a_sentence_that_says_how_to_notice_it(path: Path) -> None:
    mistakes = [words(b.text) for b in page(path).blocks if isinstance(b, Callout) and b.kind == "mistake"]
    assert [one for one in mistakes if not any(map(has_verb, sentences(one)))] == []


# What rearranges a line: its reason says which part of this page's line it takes up, not what the rule is.
REARRANGING = frozenset({"distribute", "diag-vector", "inner-sum", "collect", "assumption", "hadamard-move"})
# What passes into the entries of an array: its reason says whose entries.
BY_ENTRIES = frozenset({"d-elementwise", "d-quotient", "d-vec", "prod", "norm1", "transpose-product"})


@EVERY_PAGE
def test_the_reason_of_a_rearrangement_names_a_symbol_of_the_page(path: Path) -> None:
    steps = [
        block for block in page(path).blocks if isinstance(block, StepBlock) and block.rule in REARRANGING | BY_ENTRIES
    ]
    assert [f"{step.number} {words(step.why)}" for step in steps if not any(formulas_within(step.why))] == []


# "A" and "a" are articles, d is the differential and I the identity matrix on every page.
LETTER = re.compile(r"(?<![\w'])(?![AadI]\b)[A-Za-z]\b")


@EVERY_PAGE
def test_the_words_of_a_reason_name_no_letter_of_the_rule(path: Path) -> None:
    """The s of "the product rule with 1/s" is nothing on a page that divides by x^T x: symbols come as formulas."""
    steps = [block for block in page(path).blocks if isinstance(block, StepBlock)]
    typed = [piece for step in steps for piece in step.why if isinstance(piece, str)]
    assert [words for words in typed if LETTER.search(words)] == []


def test_a_product_is_transposed_so_that_the_row_takes_up_a_factor_of_the_page() -> None:
    steps = [b for b in page(GALLERY / NETWORK).blocks if isinstance(b, StepBlock)]
    (why,) = [words(step.why) for step in steps if step.rule == "transpose-product"]
    assert why.startswith("Written as the transpose of the column W2")
    assert "take up" in why


def test_a_division_moves_in_words_and_not_as_a_one_over_an_array() -> None:
    """The number 1 over a vector is no fraction that a page declares: "the division by p" is what moves."""
    steps = [b for b in page(GALLERY / SOFTMAX).blocks if isinstance(b, StepBlock) and b.rule == "hadamard-move"]
    assert ["the division by p" in words(step.why) for step in steps] == [True]


def test_every_reason_on_the_page_of_softmax_and_cross_entropy_names_a_symbol() -> None:
    steps = [block for block in page(GALLERY / SOFTMAX).blocks if isinstance(block, StepBlock)]
    assert {step.rule for step in steps}.issuperset(REARRANGING)
    assert all(any(formulas_within(step.why)) for step in steps)
