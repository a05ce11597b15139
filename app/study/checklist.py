"""The questions of contextualisation: what to look at before a text made elsewhere is taught here. Data, no rules."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import N_


@dataclass(frozen=True, slots=True)
class Item:
    """One question: its key in the database, what it is about, and what to ask oneself."""

    key: str
    label: str
    ask: str


ITEMS = (
    Item("law", N_("Law and bodies"), N_("Are the laws, articles and offices those in force here, with their dates?")),
    Item("names", N_("What things are called"), N_("Do members, boards and committees have the names used here?")),
    Item(
        "money",
        N_("Money, measures and figures"),
        N_("Are currency, weights, measures and the way of writing numbers those of this place?"),
    ),
    Item("crops", N_("Crops and calendar"), N_("Do the crops, the work and its months fit those who will learn?")),
    Item("services", N_("Services"), N_("Do the banks, input shops, roads and advisers that are named exist here?")),
    Item("images", N_("Pictures"), N_("Do people recognise themselves, their plots and their tools in the pictures?")),
    Item("places", N_("People and places"), N_("Do the names of people and places sound as they do here?")),
    Item("literacy", N_("Reading and writing"), N_("Can everybody take part, also without reading or writing much?")),
    Item("languages", N_("Languages"), N_("Which languages are spoken at home, and who interprets?")),
    Item("gender", N_("Women and men"), N_("Who does which work, who decides, and do the examples show it fairly?")),
    Item("certificates", N_("Certificates"), N_("Are the seals and their rules those that people here work with?")),
    Item("finance", N_("Where money comes from"), N_("Are the lenders and funds that are named open to people here?")),
    Item("cases", N_("Cases"), N_("Were the case studies written or checked with members of this place?")),
    Item("glossary", N_("Glossary"), N_("Are the words of this place collected, with those to avoid?")),
    Item("prices", N_("Prices in the examples"), N_("Are the prices plausible today, and does it say of which date?")),
)
BY_KEY = {item.key: item for item in ITEMS}
