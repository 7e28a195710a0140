"""Plainly invented guests, the same at every loading."""

import itertools
from collections.abc import Iterator

from registrations.services import Person

_GIVEN = [
    "Ada", "Bruno", "Chloé", "Dirk", "Élodie", "Femke", "Giulia", "Hans", "Ines", "Jonas", "Katarzyna", "Lars", "Margaux",
    "Nikos", "Orla", "Pieter", "Quentin", "Rosa", "Sören", "Tereza", "Ursula", "Viktor", "Wiebke", "Xenia", "Yannis", "Zoë",
]  # fmt: skip
# Surname, country, language, organisation: every surname says "example" in some language.
_FAMILIES = [
    ("Exemple", "FR", "fr", "Ville d’Exemple"),
    ("Voorbeeld", "BE", "nl", "Stad Voorbeeld"),
    ("Muster", "DE", "de", "Freistaat Musterland"),
    ("Example", "IE", "en", "Example County Council"),
    ("Esempio", "IT", "en", "Comune di Esempio"),
    ("Przykładowska", "PL", "en", "Miasto Przykład"),
    ("Ejemplo", "ES", "en", "Ayuntamiento de Ejemplo"),
    ("Παράδειγμα", "GR", "en", "Δήμος Παραδείγματος"),
    ("Exemplo-Modelo da Silva", "PT", "en", "Rede de Cidades Exemplo"),
    ("Mustermann-Beispielhausen", "AT", "de", "Netzwerk Beispielregionen"),
    ("Specimen", "BE", "fr", "Fédération Spécimen"),
]


def invented() -> Iterator[Person]:
    """Guest after guest, no two alike, 286 in all; their addresses can't reach anybody."""
    pairs = itertools.product(range(len(_GIVEN)), range(len(_FAMILIES)))
    for number, (row, column) in enumerate(pairs, start=1):
        given = _GIVEN[(row + column) % len(_GIVEN)]
        family, country, language, organisation = _FAMILIES[column]
        yield Person(given, family, f"guest{number}@guests.example", organisation, country, language)
