"""How numbers are written in sentences and at lines: one notation for all."""

import numpy as np

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LOW, HIGH = 1e-4, 1e9   # between them numbers are written out


def said(number, digits=2):
    """A number for a sentence or a label, rounded to so many digits: "0.0028", "12,000", "3.2 × 10⁻⁸", "−0.5"."""
    if not np.isfinite(number):
        return "not a number" if np.isnan(number) else "infinite" if number > 0 else "−infinite"
    rounded = float(f"{number:.{digits}g}")
    if rounded == 0 or LOW <= abs(rounded) < HIGH:
        text = np.format_float_positional(abs(rounded), trim="-")
        whole, point, rest = text.partition(".")
        text = f"{int(whole):,}{point}{rest}"
    else:
        mantissa, exponent = f"{abs(rounded):.{digits - 1}e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        text = f"{mantissa} × 10{str(int(exponent)).translate(SUPERSCRIPT)}"
    return f"−{text}" if rounded < 0 else text
