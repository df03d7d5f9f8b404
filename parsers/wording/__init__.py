"""How reports write words, numbers, dates and months, in three alphabets, OCR errors included."""
