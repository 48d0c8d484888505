"""digest: feeds in, a publication out in which every statement can be checked."""

__version__ = "0.1.0"
