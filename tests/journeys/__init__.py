"""Stories: what people mail and what must become of it. One folder a story; tests/journeys/test_journeys.py plays them all."""
