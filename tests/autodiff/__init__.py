"""Tests of `gradlib.autodiff`: random programs, laws, printed programs, counted costs, and refusals."""
