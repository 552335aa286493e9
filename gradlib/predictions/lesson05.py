"""The predictions of lesson 05."""

import re
from unicodedata import normalize

from . import Prediction
from .said import numbers


def products(said):
    """How many products with a matrix stand in the program."""
    return said.count(".dot(")


def has_formula(said):
    """Whether X.T meets the error, divided by the number of examples."""
    return re.search(r"(\w+) -= y\n(.*\n)* *\1 /= \d+\n.*X\.T\.dot\(\1\)", said) is not None


def losses(said):
    """What reverse mode costs for the last model, in losses."""
    return numbers(r"reverse mode +([\d.]+) times the loss", said)[-1][0]


def paths_for_each_edge(said):
    """How many times as many paths as edges there are."""
    paths, edges = map(whole, re.search(r"(\S+) paths lead .* over (\S+) edges", said).groups())
    return paths / edges


def whole(said):
    """90,100 or 10²⁰ as a number."""
    base, power = re.fullmatch(r"([\d,]+)(\D*)", said).groups()
    return int(base.replace(",", "")) ** int(normalize("NFKC", power) or 1)


program = Prediction(
    "In the program that backprop writes: is the blog's formula in it, and how many products with a matrix?",
    right=("the formula, and two products", lambda said: has_formula(said) and products(said) == 2),
    wrong={
        "formula_is_one_product": ("the formula, and one product", lambda said: has_formula(said) and
                                   products(said) == 1, (
            "The blog's line shows one product. But the error in it comes from another, X.dot(w). Both roads need it: "
            "it is the forward pass.")),
        "walk_back_is_lengthy": ("the formula, and more products", lambda said: has_formula(said) and
                                 products(said) > 2, (
            "A walk back through every step sounds longer than one line. But only one step of this loss is a product "
            "with a matrix, and the way back through it is one product more: the blog's.")),
        "backprop_is_another_method": ("other steps, and more products", lambda said: not has_formula(said) and
                                       products(said) > 2, (
            "A method for networks should reach the number in a way of its own. It multiplies local slopes, step by "
            "step; and what is left of them, for this loss, is the blog's formula.")),
    },
)

tanh = Prediction(
    "A hidden layer with tanh: how many times does the program for the loss and both slopes compute tanh?",
    right=("once", lambda said: said.count("np.tanh(") == 1),
    wrong={
        "way_back_computes_again": ("twice", lambda said: said.count("np.tanh(") == 2, (
            "The way back needs tanh too, in one minus its square. But it needs the value and not the function, and "
            "the forward pass has kept the value.")),
        "each_slope_by_itself": ("three times", lambda said: said.count("np.tanh(") == 3, (
            "Once for the loss, and once for each slope: so it would be if each were found by itself. They share what "
            "the forward pass has kept.")),
    },
)

price = Prediction(
    "A network with 35 weights: how many times the loss will reverse mode cost?",
    right=("about 2", lambda said: 1.5 < losses(said) < 2.5),
    wrong={
        "walk_back_is_heavy": ("about 6", lambda said: 4 < losses(said) < 9, (
            "So many slopes on the way back sound like the work of several losses. But the walk meets each operation "
            "of this loss once, and its slopes take about as much work as it did, or twice as much.")),
        "a_walk_for_each_weight": ("about 35", lambda said: 30 < losses(said) < 40, (
            "35 slopes sound like 35 walks. From the front that is so. From the loss one walk is enough: it comes by "
            "every weight, and leaves at each the slope that has arrived.")),
    },
)

paths = Prediction(
    "Depth 10, layers of 100: by what factor does the number of paths exceed the number of edges?",
    right=("more than a billion", lambda said: paths_for_each_edge(said) > 1e9),
    wrong={
        "paths_are_nodes": ("about a thousand", lambda said: 300 < paths_for_each_edge(said) < 3000, (
            "Ten layers of a hundred are a thousand numbers, and edges and paths both run through them. But each "
            "further layer adds 10,000 edges, and multiplies the paths by 100.")),
        "paths_grow_slowly": ("about a million", lambda said: 3e5 < paths_for_each_edge(said) < 3e6, (
            "Paths are more than edges, and a million times as many is a lot. But each further layer multiplies the "
            "paths by 100: three layers have a million of them already, and there are ten.")),
    },
)
