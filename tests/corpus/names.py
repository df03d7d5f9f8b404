"""Invented customers of the three languages: names, streets, people, positions; and meter models seen in the trade."""
# ruff: noqa: E501 - lists of words

from __future__ import annotations

from metering.units import MeterKind

LEGAL_FORMS = {
    "ru": [
        "ООО «{}»",
        "ООО «{}»",
        "АО «{}»",
        "ЧП «{}»",
        "СП ООО «{}»",
        "ИП ООО «{}»",
        "НОУ «{}»",
        "Гостиница «{}»",
        "ТСЖ «{}»",
        "Медцентр «{}»",
    ],
    "uz": ["«{}» MChJ", "«{}» MChJ", "«{}» AJ", "«{}» XK", "«{}» QK MChJ", "«{}» NTM", "«{}» mehmonxonasi", "«{}» TXMSh"],
    "uz_cyrl": ["«{}» МЧЖ", "«{}» МЧЖ", "«{}» АЖ", "«{}» ХК", "«{}» ҚК МЧЖ", "«{}» НТМ", "«{}» меҳмонхонаси"],
}
NAMES = {
    "ru": [
        "Бахор Текстиль Групп", "Олтин Водий Савдо", "Сигма Констракшн", "Чинар Фарм", "Нурли Келажак", "Голубые купола",
        "Темир Бетон Инвест", "Кристалл Медикал", "Азия Полиграф", "Восточный базар", "Шарк Логистик Сервис", "Лола Косметик",
        "Стройдеталь-Запад", "Мебель Сити", "Олимп Спорт", "Гранд Пекарня", "Юлдуз Авто", "Сарбон Плаза", "Дурдона", "Оазис Тур",
    ],
    "uz": [
        "Baxor Tekstil Grup", "Oltin Vodiy Savdo", "Sharq Gavhari", "Chinor Farm", "Nurli Kelajak", "Ko‘k gumbaz",
        "Temir Beton Invest", "G‘uncha Bolalar", "Osiyo Poligraf", "O‘zbegim Savdo", "Sharq Logistik", "Lola Kosmetik",
        "Yangi Hayot Klinika", "Mebel Siti", "Olimp Sport", "Bog‘ishamol Non", "Yulduz Avto", "Sarbon Plaza", "Durdona", "Voha Tur",
    ],
    "uz_cyrl": [
        "Баҳор Текстил Груп", "Олтин Водий Савдо", "Шарқ Гавҳари", "Чинор Фарм", "Нурли Келажак", "Кўк гумбаз",
        "Темир Бетон Инвест", "Ғунча Болалар", "Осиё Полиграф", "Ўзбегим Савдо", "Шарқ Логистик", "Лола Косметик",
        "Янги Ҳаёт Клиника", "Мебел Сити", "Олимп Спорт", "Боғишамол Нон", "Юлдуз Авто", "Сарбон Плаза", "Дурдона", "Воҳа Тур",
    ],
}  # fmt: skip
ADDRESSES = {
    "ru": (
        ["Учтепинский", "Яшнабадский", "Сергелийский", "Алмазарский", "Бектемирский", "Яккасарайский", "Мирабадский", "Чиланзарский"],
        [
            "Бешагач",
            "Гульобод",
            "Фархадская",
            "Нукусская",
            "Богишамол",
            "Кичик халка йули",
            "Тараккиёт",
            "Зульфияханум",
            "Лисунова",
            "Мукими",
        ],
        ["г. Ташкент, {} район, ул. {}, {}", "г. Ташкент, {} р-н, ул. {}, д. {}", "100{2:03d}, г. Ташкент, {0} район, ул. {1}, {2}"],
    ),
    "uz": (
        ["Uchtepa", "Yashnobod", "Sergeli", "Olmazor", "Bektemir", "Yakkasaroy", "Mirobod", "Chilonzor"],
        ["Beshyog‘och", "Gulobod", "Farhod", "Nukus", "Bog‘ishamol", "Kichik halqa yo‘li", "Taraqqiyot", "Zulfiyaxonim", "Muqimiy"],
        ["Toshkent sh., {} tumani, {} ko‘chasi, {}-uy", "Toshkent shahri, {} tumani, {} ko‘chasi {}"],
    ),
    "uz_cyrl": (
        ["Учтепа", "Яшнобод", "Сергели", "Олмазор", "Бектемир", "Яккасарой", "Миробод", "Чилонзор"],
        ["Бешёғоч", "Гулобод", "Фарҳод", "Нукус", "Боғишамол", "Кичик ҳалқа йўли", "Тараққиёт", "Зулфияхоним", "Муқимий"],
        ["Тошкент ш., {} тумани, {} кўчаси, {}-уй", "Тошкент шаҳри, {} тумани, {} кўчаси {}"],
    ),
}
_INITIALS_CYRILLIC = "АБВГДЗИКЛМНОРСТУФХШЭ"
_INITIALS_LATIN = "ABDFGHIJKLMNOQRSTUVXYZ"
SURNAMES = {
    "ru": [
        (name, _INITIALS_CYRILLIC)
        for name in (
            "Абдурахманов", "Юлдашев", "Ким", "Пак", "Сергеева", "Мирзаев", "Хамраев", "Тен", "Назарова", "Бекмурадов",
            "Петренко", "Ахмедова", "Шодиев", "Ли", "Кадыров", "Рузиев", "Садыкова", "Логинов",
        )
    ],
    "uz": [
        (name, _INITIALS_LATIN)
        for name in (
            "Abdurahmonov", "Yo‘ldoshev", "Kim", "G‘aniyev", "Mirzayev", "Hamroyev", "Nazarova", "Bekmurodov", "To‘rayeva",
            "Shodiyev", "Qodirov", "Ro‘ziyev", "Sodiqova", "O‘rinov", "Xo‘jayev",
        )
    ],
    "uz_cyrl": [
        (name, _INITIALS_CYRILLIC)
        for name in (
            "Абдураҳмонов", "Йўлдошев", "Ким", "Ғаниев", "Мирзаев", "Ҳамроев", "Назарова", "Бекмуродов", "Тўраева",
            "Шодиев", "Қодиров", "Рўзиев", "Содиқова", "Ўринов", "Хўжаев",
        )
    ],
}  # fmt: skip
POSITIONS = {
    "ru": [
        "Директор", "Генеральный директор", "Руководитель", "Гл. энергетик", "Главный энергетик", "Инженер-теплотехник", "Завхоз",
        "Зам. директора по АХЧ", "Главный врач", "Гл. инженер", "Главный бухгалтер", "Ответственное лицо",
    ],
    "uz": ["Direktor", "Rahbar", "Bosh direktor", "Bosh muhandis", "Bosh energetik", "Bosh hisobchi", "Mas’ul shaxs", "Xo‘jalik mudiri", "Mudir"],
    "uz_cyrl": ["Директор", "Раҳбар", "Бош директор", "Бош муҳандис", "Бош энергетик", "Бош ҳисобчи", "Масъул шахс", "Хўжалик мудири", "Мудир"],
}  # fmt: skip
MODELS = {
    MeterKind.HEAT: [
        "Multical 603",
        "ТСРВ-024М",
        "ВКТ-7",
        "КМ-5-2",
        "SA-94/1",
        "Sharky 774",
        "ТЭМ-106",
        "Ultraheat UH50",
        "Карат-307",
        "ВИСТ",
    ],
    MeterKind.HOT_WATER: ["ВСГ-32", "ВСТН-40", "Взлёт ЭР", "СГВ-20", "Zenner MTW", "ОСВХ-40"],
}
SUPPLIERS = {
    "ru": ["ГУП «Toshissiqquvvati»", "ГУП «Тошиссиккуввати»", "ИП ООО «Veolia Energy Tashkent»"],
    "uz": ["«Toshissiqquvvati» DUK", "«Veolia Energy Tashkent» MChJ XK"],
    "uz_cyrl": ["«Тошиссиққуввати» ДУК", "«Veolia Energy Tashkent» МЧЖ ХК"],
}
