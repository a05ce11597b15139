"""The fixed words of a printed manual, in the manual's language and not in the reader's interface language.

A manual in Spanish says "Notas para quien facilita" even when an English-speaking colleague exports it, so these
words do not go through the interface catalogues. Languages without a table of their own use their `FALLBACK`.
"""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "contents": "Table of contents",
    "edition": "Edition",
    "version": "Version",
    "region": "Region",
    "released": "Released on",
    "licence": "Licence",
    "credits": "Credits and licence",
    "facilitator": "Facilitator's manual",
    "participant": "Participant's manual",
    "minutes": "%(minutes)s minutes",
    "page": "Page %(page)s of %(pages)s",
    "image_missing": "Picture: %(alt)s",
    "picture": "Picture",
    "objectives": "Objectives",
    "plan": "Minute plan",
    "materials": "Materials",
    "activity": "Activity",
    "case": "Case study",
    "note": "Facilitator's notes",
    "handout": "Handout",
    "question": "Question",
    "access": "So that everyone can take part",
    "sources": "Sources",
    "for_objective": "Objective: %(numbers)s",
    "for_objectives": "Objectives: %(numbers)s",
    "used": "Used: %(moments)s",
    "pre": "before the training",
    "post": "after the training",
    "key": "Correct answer",
    "feedback": "Feedback",
    "answer": "Your answer",
    "why": "Why",
    "evidence": "Evidence: %(what)s",
    "signed": "Who answers for this version",
    "sign_content": "for the content",
    "sign_legal": "for the legal side",
    "sign_language": "for inclusive language",
    "sign_representative": "for the co-operative",
    "sign_licence": "for the licence",
    "case_credits": "Who wrote the case studies",
    "of_case": "“%(title)s”",
    "not_named": "People of the co-operative",
    "more_authors": "and others who are not named",
}

SPANISH: Mapping[str, str] = {
    "contents": "Índice",
    "edition": "Edición",
    "version": "Versión",
    "region": "Región",
    "released": "Publicada el",
    "licence": "Licencia",
    "credits": "Créditos y licencia",
    "facilitator": "Manual para quien facilita",
    "participant": "Manual para participantes",
    "minutes": "%(minutes)s minutos",
    "page": "Página %(page)s de %(pages)s",
    "image_missing": "Imagen: %(alt)s",
    "picture": "Imagen",
    "objectives": "Objetivos",
    "plan": "Plan de minutos",
    "materials": "Materiales",
    "activity": "Actividad",
    "case": "Estudio de caso",
    "note": "Notas para quien facilita",
    "handout": "Hoja para repartir",
    "question": "Pregunta",
    "access": "Para que todas las personas participen",
    "sources": "Fuentes",
    "for_objective": "Objetivo: %(numbers)s",
    "for_objectives": "Objetivos: %(numbers)s",
    "used": "Se usa: %(moments)s",
    "pre": "antes de la capacitación",
    "post": "después de la capacitación",
    "key": "Respuesta correcta",
    "feedback": "Retroalimentación",
    "answer": "Su respuesta",
    "why": "Por qué",
    "evidence": "Sustento: %(what)s",
    "signed": "Responden por esta versión",
    "sign_content": "por el contenido",
    "sign_legal": "por lo legal",
    "sign_language": "por el lenguaje inclusivo",
    "sign_representative": "por la cooperativa",
    "sign_licence": "por la licencia",
    "case_credits": "Escribieron los estudios de caso",
    "of_case": "«%(title)s»",
    "not_named": "Personas de la cooperativa",
    "more_authors": "y otras personas que no se nombran",
}

TABLES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "es": SPANISH}
FALLBACK: Mapping[str, str] = {"qu": "es", "quy": "es", "quz": "es", "ay": "es", "gn": "es", "shp": "es", "cni": "es"}


def labels_for(language: str) -> Mapping[str, str]:
    """Return the fixed words for a language tag: its own table, its fallback's, or the English one."""
    return TABLES[language_of_labels(language)]


def language_of_labels(language: str) -> str:
    """Return the language that the fixed words of a manual in `language` are in: one of `TABLES`."""
    base = language.split("-")[0].lower()
    return base if base in TABLES else FALLBACK.get(base, "en")
