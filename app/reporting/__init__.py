"""Figures that are reported: indicators with their definitions, dashboards, reports for donors, frozen snapshots.

What happened is in the layers below and is only read here. A snapshot is a copy: nothing below changes it any more.
"""
