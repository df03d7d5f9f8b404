"""How well the place of a value says what it is (`Found.trust`), where more than one module has to agree on it."""

#: A date that stands behind its label.
LABELLED = 0.8
#: A date or a label that a person is to look at.
DOUBTED = 0.65
#: A name or an address that holds words which are no part of one.
UNCLEAR = 0.75
#: What two readings of its own place say alike.
TOLD_TWICE = 1.0
#: The serial of a calculator for another of the systems that it counts, and its note.
SHARED = 0.75
OTHER_SYSTEM = "serial of the calculator's other system"
