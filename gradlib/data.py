"""The data of the course. Everything ships with gradlib and works offline; licences lie beside the files."""

import csv
from pathlib import Path

import numpy as np

from ._checks import as_point, as_reals, as_vector, one_of

FOLDER = Path(__file__).with_name("data")

# name -> column of penguins.csv, its unit, and how many of the file's units make one of ours
PENGUIN_FEATURES = {
    "flipper": ("flipper_length_mm", "cm", 10),
    "bill": ("bill_length_mm", "mm", 1),
    "bill_depth": ("bill_depth_mm", "mm", 1),
}


def penguins(*features):
    """Palmer penguins: measured lengths and body mass of 342 birds, in the order of the file.

    features: any of "flipper" (flipper length in cm), "bill" (bill length in mm), "bill_depth" (mm);
    without any, "flipper". Returns X (342, d) and y (342,), the body mass in kg. Of the file's 344 birds,
    the two that were never measured are left out. Raises ValueError for an unknown feature.
    Source and licence: gradlib/data/LICENSE-penguins.txt (CC0).
    """
    chosen = [PENGUIN_FEATURES[one_of("feature", name, PENGUIN_FEATURES)] for name in features or ("flipper",)]
    with open(FOLDER / "penguins.csv", encoding="ascii", newline="") as file:
        birds = [bird for bird in csv.DictReader(file) if bird["body_mass_g"] != "NA"]
    X = np.array([[float(bird[column]) / scale for column, _, scale in chosen] for bird in birds])
    y = np.array([float(bird["body_mass_g"]) / 1000 for bird in birds])
    return X, y


def four_points():
    """Four points on a plane, small enough for paper: X (4, 2), its first column ones, and y (4,).

    Gradient at w = 0: (-2.75, -5.5). Best weights (1.1, 1.1). Curvatures (4.5 -+ sqrt(15.25)) / 2.
    """
    return np.array([[1.0, 0], [1, 1], [1, 2], [1, 3]]), np.array([1.0, 3, 2, 5])


def three_points():
    """Three answers to one feature, X (3, 1) and y (3,), for lesson 06: at w = 1 the gradients of cross-entropy and of
    squared errors, both behind a sigmoid, have opposite signs."""
    return np.array([[1.0], [-1], [4]]), np.array([1.0, 0, 0])


def seven_points():
    """Six ordinary answers and a stray one: X (7, 2), a feature and a one, and y (7,), for lesson 06.

    Descent on cross-entropy from w = (2, 0) makes the sum of squared errors rise.
    """
    x = np.array([-1.5, -1, -0.5, 0.5, 1, 1.5, 12])
    return np.column_stack([x, np.ones(7)]), np.array([0.0, 0, 0, 1, 1, 1, 0])


def moons():
    """Two moons that reach into each other, which no straight line separates: X (200, 2) and y (200,), 0 or 1.

    Source and licence: gradlib/data/LICENSE-moons.txt (CC0).
    """
    table = np.loadtxt(FOLDER / "moons.csv", delimiter=",", skiprows=1)
    return table[:, :2], table[:, 2]


def digits():
    """Handwritten digits: X (1797, 64), the pixels of 8 by 8 pictures from 0 (paper) to 1 (ink), row by row,
    and y (1797,), the digits as whole numbers from 0 to 9.

    Source and licence: gradlib/data/LICENSE-digits.txt (CC BY 4.0).
    """
    table = np.loadtxt(FOLDER / "digits.csv.gz", delimiter=",", dtype=int)
    return table[:, :64] / 16, table[:, 64]


def digits_apart():
    """The digits in two parts: (X (1437, 64), y (1437,)) to learn from and (X (360, 64), y (360,)) held out.

    Shuffled once and for all. So both parts hold digits of all 13 writers: nothing is said about the hand of a
    fourteenth.
    """
    X, y = digits()
    order = np.random.default_rng(0).permutation(len(X))
    return (X[order[:1437]], y[order[:1437]]), (X[order[1437:]], y[order[1437:]])


def flats():
    """Twenty invented flats: X (20, 2) holds the size in square metres and a one, y (20,) the rent in euros.

    Made for lesson 02: nobody rescaled the sizes, so the curvatures of the loss differ by a factor of 30,000
    and an innocent step size ends in NaN.
    """
    size = np.array([24, 28, 31, 35, 38, 42, 45, 49, 52, 56, 61, 65, 70, 74, 79, 83, 88, 94, 101, 110.0])
    rent = np.array([390, 480, 450, 560, 530, 610, 690, 660, 720, 830,
                     790, 880, 960, 930, 1070, 1020, 1150, 1190, 1330, 1390.0])
    return np.column_stack([size, np.ones(20)]), rent


def bowl(curvatures, goal):
    """A data set whose half-mean-squared-error loss is a bowl with the given curvatures and lowest point.

    X is diagonal with X'X/n = diag(curvatures), and y = X goal, so L(w) = sum(curvatures (w - goal)^2) / 2.
    curvatures (d,) positive, goal (d,); returns X (d, d), y (d,).
    Raises TypeError for anything but real numbers, ValueError for curvatures that are not positive, or another length.
    """
    curvatures = as_point("curvatures", curvatures)
    if not (curvatures > 0).all():
        raise ValueError(f"curvatures must be a list of positive numbers, got {curvatures.tolist()}.")
    X = np.diag(np.sqrt(len(curvatures) * curvatures))
    return X, X.dot(as_vector("goal", as_reals("goal", goal), len(curvatures), "np.ravel(goal)"))
