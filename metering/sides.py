"""Whose people sign: beginnings of the words that tell it, before a name, over a column or on the row of a signature.

The places of signatures (ocr/) and the names of who signs (parsers/) ask the same words. Lower case, as they are printed.
"""

from __future__ import annotations

SUPPLIER = (
    "поставщик", "теплоснабж", "энергоснабж", "тепловых", "veolia", "веолия", "toshissiq", "тошиссиқ", "таштепло", "ta'minotchi",
    "таъминотчи", "ta'minlovchi", "таъминловчи", "yetkazib", "етказиб",
)  # fmt: skip
CUSTOMER = (
    "потребител", "абонент", "клиент", "покупател", "заказчик", "iste'molchi", "истеъмолчи", "abonent", "buyurtmachi", "буюртмачи",
)  # fmt: skip
#: What the supplier's people sign for receipt with; readers of print lose the tail of «қ».
RECEIVED = ("принял", "принято", "qabul", "қабул", "кабул")
#: Over the place in the head of a page where the sender's head signs, and over the other one beside it.
APPROVED = ("утверждаю", "tasdiqlayman", "тасдиқлайман", "тасдиклайман")
AGREED = ("согласован", "kelishil", "келишил")
