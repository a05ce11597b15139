"""Numbers, units and dates: what is the same in another language, and what is not."""

from __future__ import annotations

import pytest

from app.core.checks.numbers import values
from app.core.content import Kind

from .pairs import asking, marked

numbers = asking("numbers")
units = asking("units")
dates = asking("dates")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("25", {"25"}),
        ("007", {"7"}),
        ("1,234.50", {"1234.5"}),
        ("1.234,50", {"1234.5"}),
        ("1.234", {"1234", "1.234"}),
        ("1 234 567", {"1234567"}),
        ("1\u00a0234", {"1234"}),
        ("1.234.567", {"1234567"}),
        ("2,5", {"2.5"}),
        ("0.125", {"0.125"}),
        ("1.2.3", {"1.2.3"}),
        ("1,2.3,4", {"1,2.3,4"}),
    ],
)
def test_a_number_may_mean(written: str, meant: set[str]) -> None:
    assert values(written) == meant


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("It costs 1,234.50.", "Cuesta 1.234,50.", "en>es-CO"),
        ("It costs 1,234.50.", "Cuesta 1 234,50.", "en>es-CR"),
        ("In 2024, 46 kg.", "En 2024, 46 kg.", "en>es"),
        ("Step 2 of 3", "De 3 pasos, el 2", "en>es"),
        ("12,000 members", "12 000 integrantes", "en>es"),
        ("12,000 members", "12.000 integrantes", "en>es"),
        ("In 2024 300 people", "En 2024, 300 personas", "en>es"),
        ("Take 5 minutes.", "Tome cinco minutos.", "en>es"),
        ("Take five minutes.", "Tome 5 minutos.", "en>es"),
        ("Twenty-one days", "21 días", "en>es"),
        ("At 2 pm", "A las 14", "en>es"),
        ("The 1st step", "El 1.er paso", "en>es"),
        ("{{price_2024}} for 3", "{{price_2025}} por 3", "en>es"),
        ("[a](http://x.org/2020) 3", "[a](http://x.org/2021) 3", "en>es"),
        ("1. one\n2. two", "1. uno\n1. dos", "en>es"),
        ("Son 25 quintales de 46 kg.", "46 kg nisqa 25 quintal.", "es>quy"),
        ("50 %", "50%", "en>es"),
    ],
)
def test_the_same_numbers_are_no_matter(source: str, target: str, languages: str) -> None:
    assert numbers(source, target, languages) == []


@pytest.mark.parametrize(
    ("source", "target", "languages", "places", "values"),
    [
        ("Pay 1,234.50 now", "Pague 1.243,50 ya", "en>es", ["1.243,50"], {"there": "1,234.50", "here": "1.243,50"}),
        ("25 kg", "muchos kg", "en>es", [], {"there": "25"}),
        ("some kg", "25 kg", "en>es", ["25"], {"here": "25"}),
        ("3 of 4, 3 of 5", "3 de 4 y de 5", "en>es", [], {"there": "3"}),
        ("Son 25 quintales", "52 quintal", "es>quy", ["52"], {"there": "25", "here": "52"}),
        ("Tawa 4", "Iskay 2", "quy>es", ["2"], {"there": "4", "here": "2"}),
    ],
)
def test_other_numbers_are_named(
    source: str, target: str, languages: str, places: list[str], values: dict[str, str]
) -> None:
    (advice,) = numbers(source, target, languages)
    assert marked(target, [advice]) == places
    assert advice.values == values
    assert advice.text % values


def test_the_minutes_of_an_activity_are_its_options_not_its_numbers() -> None:
    source, target = (
        "/// activity | Two\n    minutes: 25\n\nDo 2\n///",
        "/// activity | Dos\n    minutes: 20\n\nHaga 2\n///",
    )
    assert numbers(source, target, kind=Kind.ACTIVITY) == []


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("25 kg of coffee", "25 kilos de café", "en>es"),
        ("25-kilo bags", "bolsas de 25 kg", "en>es"),
        ("S/ 25", "25 soles", "en>es"),
        ("PEN 25", "S/ 25", "en>es-PE"),
        ("USD 25", "US$ 25", "en>es"),
        ("$25", "25 pesos", "en>es-MX"),
        ("$ 25", "25 dólares", "en>es"),
        ("25 percent", "25 por ciento", "en>es"),
        ("25%", "25 %", "en>es"),
        ("2 hectares and 3 ha", "2 ha y 3 hectáreas", "en>es"),
        ("46 kg a quintal, 100 lb", "un quintal de 46 kg, 100 libras", "en>es"),
        ("7 hours for 7 days", "por 7 días, 7 horas", "en>es"),
        ("25 sacks", "25 costales", "en>es"),
        ("25 kg", "muchos", "en>es"),
        ("Cuesta S/ 25", "S/ 25 chaninmi", "es>quy"),
        ("25 %", "pachakmanta 25", "es>quy"),
    ],
)
def test_the_same_unit_is_no_matter(source: str, target: str, languages: str) -> None:
    assert units(source, target, languages) == []


@pytest.mark.parametrize(
    ("source", "target", "languages", "values"),
    [
        ("25 kg", "25 lb", "en>es", {"number": "25", "there": "kg", "here": "lb"}),
        ("S/ 1,234.50", "US$ 1.234,50", "en>es", {"number": "1,234.50", "there": "S/", "here": "US$"}),
        ("25 soles", "$ 25", "es>en", {"number": "25", "there": "soles", "here": "$"}),
        ("2 hectares", "2 manzanas", "en>es", {"number": "2", "there": "hectares", "here": "manzanas"}),
        ("5 kg and 5 lb", "5 kg y 5 kg", "en>es", {"number": "5", "there": "lb", "here": "kg"}),
        ("Grew by 25 %", "Creció 25", "en>es", {"number": "25", "there": "%"}),
        ("Cuesta S/ 25", "$ 25 chaninmi", "es>quy", {"number": "25", "there": "S/", "here": "$"}),
    ],
)
def test_another_unit_is_named(source: str, target: str, languages: str, values: dict[str, str]) -> None:
    (advice,) = units(source, target, languages)
    assert advice.values == values
    assert advice.spans


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("On 3 March 2025", "El 3 de marzo de 2025", "en>es"),
        ("On March 3rd, 2025", "El 3 de marzo del 2025", "en>es"),
        ("2025-03-03", "3/3/2025", "en>es"),
        ("On 4/3/2025", "El 4/3/2025", "en>es"),
        ("On 3/4/2025", "El 4/3/2025", "en-US>es"),
        ("In September", "En setiembre", "en>es-PE"),
        ("You may sell in May", "Puede vender en mayo", "en>es"),
        ("They march in June", "Marchan en junio", "en>es"),
        ("in harvest time", "de abril a junio", "en>es"),
        ("El 3 de marzo", "3 p'unchay marzo killapi", "es>quy"),
    ],
)
def test_the_same_day_is_no_matter(source: str, target: str, languages: str) -> None:
    assert dates(source, target, languages) == []


@pytest.mark.parametrize(
    ("source", "target", "languages", "place"),
    [
        ("On 3 March 2025", "El 3 de mayo de 2025", "en>es", "3 de mayo de 2025"),
        ("On March 3", "El 5 de marzo", "en>es", "5 de marzo"),
        ("On 3 March 2025", "El 3 de marzo de 2024", "en>es", "3 de marzo de 2024"),
        ("In April we sell", "En agosto vendemos", "en>es", "agosto"),
        ("El 25/12/2025", "25/11/2025", "es>quy", "25/11/2025"),
    ],
)
def test_another_day_is_named(source: str, target: str, languages: str, place: str) -> None:
    assert marked(target, dates(source, target, languages)) == [place]
