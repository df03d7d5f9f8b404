"""Two web faces on one core: the review desk of staff and the customers' cabinet (docs/web.md)."""
