"""Words of the seventh batch that stand in no form and in no batch before it; all else is of the sixth batch's desk."""
# ruff: noqa: E501 - lists of words

from __future__ import annotations

from tests.corpus.facts import Facts
from tests.corpus.layouts.aside import desk
from tests.corpus.layouts.aside.trade import WORDS, typed
from tests.corpus.style import Style

_OTHER: dict[str, dict[str, list[str]]] = {
    "ru": {
        "organization": ["Наименование юр. лица", "Название учреждения", "Отчет представляет", "Пользователь тепловой энергии"],
        "address": ["Расположение объекта", "Адрес ввода", "Адрес подключения", "Здание по адресу"],
        "contract": ["Номер дог.", "Договор с теплосетью №", "№ дог.", "По договору №"],
        "inn": ["ИНН (9 цифр)", "ИНН юр. лица"],
        "reading_date": ["Дата обхода", "Дата списания показаний", "Показания зафиксированы", "Показания записаны", "Число снятия показаний"],
        "report_date": ["Дата подписания", "Отчет от", "Подготовлено", "Оформлено"],
        "meter": ["Модель прибора", "Вычислитель", "Узел учета (прибор)", "Теплосчетчик, тип"],
        "serial": ["Номер вычислителя", "Сер. №", "Заводск. номер", "Зав. номер вычислителя"],
        "system": ["Нагрузка", "Вид услуги", "Ветка", "Потребляющая система"],
        "heat": ["отоп. нагрузка", "теплоснабжение (отопление)", "отопление корпуса"],
        "hot_water": ["система ГВС", "горячее вод-е"],
        "consumption": ["Прирост", "Потр. за месяц", "Тепло за месяц", "Разница (расход)", "Количество тепла", "Отпущено тепла"],
        "unit": ["Изм.", "В чем измеряется", "Размерность"],
        "total": ["Всего тепловой энергии", "Общий расход", "Итого по объекту"],
    },
    "uz": {
        "organization": ["Tashkilot (korxona)", "Hisobot topshiruvchi", "Yuridik shaxs nomi"],
        "address": ["Obyekt joyi", "Bino joylashgan manzil", "Tashkilot joylashgan manzil"],
        "contract": ["Shartn. №", "Shartnoma tartib raqami"],
        "inn": ["STIR (9 raqam)"],
        "reading_date": ["Ko‘rsatkich qayd etilgan sana", "Ko‘rsatkichlar ko‘chirilgan sana", "Ko‘rsatkichlar qayd etildi"],
        "report_date": ["Hisobot imzolangan kun", "Tayyorlangan sana"],
        "meter": ["Hisoblagich modeli", "Issiqlik o‘lchagich", "Hisob asbobi"],
        "serial": ["Ishlab chiqarish raqami", "Hisoblagich seriyasi", "Asbob raqami"],
        "system": ["Yo‘nalishi", "Xizmat turi"],
        "heat": ["isitish tarmog‘i", "markaziy isitish"],
        "hot_water": ["issiq suv tarmog‘i"],
        "consumption": ["Oyda ishlatilgan", "Iste’mol hajmi", "Ayirmasi", "O‘sishi"],
        "unit": ["O‘lchov", "Birl."],
        "total": ["Umumiy sarf", "Obyekt bo‘yicha jami"],
    },
    "uz_cyrl": {
        "organization": ["Ташкилот (корхона)", "Ҳисобот топширувчи", "Юридик шахс номи"],
        "address": ["Объект жойи", "Бино жойлашган манзил"],
        "contract": ["Шартн. №", "Шартнома тартиб рақами"],
        "inn": ["СТИР (9 рақам)"],
        "reading_date": ["Кўрсаткич қайд этилган сана", "Кўрсаткичлар кўчирилган сана", "Кўрсаткичлар қайд этилди"],
        "report_date": ["Ҳисобот имзоланган кун", "Тайёрланган сана"],
        "meter": ["Ҳисоблагич модели", "Иссиқлик ўлчагич", "Ҳисоб асбоби"],
        "serial": ["Ишлаб чиқариш рақами", "Ҳисоблагич серияси", "Асбоб рақами"],
        "system": ["Йўналиши", "Хизмат тури"],
        "heat": ["иситиш тармоғи", "марказий иситиш"],
        "hot_water": ["иссиқ сув тармоғи"],
        "consumption": ["Ойда ишлатилган", "Истеъмол ҳажми", "Айирмаси", "Ўсиши"],
        "unit": ["Ўлчов", "Бирл."],
        "total": ["Умумий сарф", "Объект бўйича жами"],
    },
}  # fmt: skip
_PAIRS = {
    "ru": [("Показание по прошлому отчету", "Показание по этому отчету"), ("Начало", "Конец"), ("Первое показание", "Второе показание"), ("Показание за прошлый месяц", "Показание за этот месяц"), ("Раньше", "Теперь")],
    "uz": [("Avvalgi hisobotda", "Ushbu hisobotda"), ("Boshi", "Oxiri"), ("Birinchi ko‘rsatkich", "Ikkinchi ko‘rsatkich"), ("Ilgari", "Hozir")],
    "uz_cyrl": [("Аввалги ҳисоботда", "Ушбу ҳисоботда"), ("Боши", "Охири"), ("Биринчи кўрсаткич", "Иккинчи кўрсаткич"), ("Илгари", "Ҳозир")],
}  # fmt: skip


def begin(style: Style) -> None:
    """This batch's words in the places of the sixth batch's, in two cases of five; of the trade else."""
    for key, own in _OTHER[style.language].items():
        words = own if style.random.random() < 0.4 else WORDS[style.language][key]
        style.chosen[f"desk {key}"] = typed(style, style.random.choice(words))


def pair(style: Style, facts: Facts, *, short: bool = False) -> tuple[str, str]:
    """Words for the previous and the current index."""
    return desk.pair(style, facts, short=short, others=_PAIRS)
