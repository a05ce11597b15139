"""Marks that lay in a database before 0023 read as marks that nobody made twice, forwards and back."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from app.infra import migrations
from app.infra.db import db

from .test_migrations import ROWS, counts, fill, reflected


def test_marks_that_were_there_before_have_no_others_that_say_the_same(committed_app: Flask) -> None:
    with committed_app.app_context():
        migrations.downgrade("0022")
        fill(reflected())
        before = counts()

        migrations.upgrade("0023")

        with db.engine.connect() as connection:
            alike = connection.scalars(select(reflected().tables["attendance_mark"].c.alike)).all()
        assert alike == [[]] * ROWS
        migrations.downgrade("0022")
        assert counts() == before
        assert "alike" not in reflected().tables["attendance_mark"].c
