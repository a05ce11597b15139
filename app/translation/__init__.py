"""Translating an edition: which texts are fresh, the workbench, the memory, the glossary, who approved what."""
