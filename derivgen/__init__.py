"""Worked derivations of gradients, Jacobians and Hessians, every step checked."""

__version__ = "0.1.0"
