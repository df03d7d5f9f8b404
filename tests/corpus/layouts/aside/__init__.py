"""Layouts that are kept aside: the reading is measured on them and never tuned on them (docs/bench.md, "Kept aside").

Whoever works on the reading does not open these modules and does not look at their pages, only at the figures. They share no drawing
code, no fonts and no wording with the layouts that are tuned on, so that what is fitted to those falls here. A layout that was looked
at to mend something gets Part.SEEN; of those that have it here only the pages were looked at, not this code.
"""
