"""Writes rows into the database of the running server: more than anyone would type. Each is a copy of what the product
wrote, with its own names. Reads its instructions from standard input, as JSON; needs only Python itself."""

import json
import secrets
import sqlite3
import sys
from contextlib import closing

MONTH = 30 * 24 * 60 * 60 * 1000


def insert(database, table, row):
    columns, places = ", ".join(row), ", ".join("?" * len(row))
    database.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(row.values()))


def rows(database, table, column, value):
    return [dict(row) for row in database.execute(f"SELECT * FROM {table} WHERE {column} = ?", [value])]


def copies(database, app, number):
    """Copies the app with all that belongs to it: tables and rows. The first review is late; all others are due after
    those that other tests wait for."""
    names = {"id": secrets.token_urlsafe(16), "client_id": secrets.token_urlsafe(16), "name": f"{app['name']} {number}"}
    yield "application", {**app, **names, "created_at": app["created_at"] + number}
    for program in rows(database, "application_program", "application_id", app["id"]):
        yield "application_program", {**program, "application_id": names["id"]}
    for table in ("client_secret", "history", "review"):
        for row in rows(database, table, "application_id", app["id"]):
            row |= {"id": secrets.token_urlsafe(16), "application_id": names["id"]}
            if table == "review":
                row["due_at"] += -MONTH if number == 1 else MONTH
            yield table, row


order = json.load(sys.stdin)
with closing(sqlite3.connect(order["database"], timeout=60, isolation_level=None)) as database:
    database.row_factory = sqlite3.Row
    # The server checkpoints the log itself.
    database.execute("PRAGMA wal_autocheckpoint = 0")
    [app] = rows(database, "application", "client_id", order["client_id"])
    wanted = range(1, order["count"] + 1)
    made = [row for number in wanted for row in copies(database, app, number)]
    # The server waits for its turn in the meantime.
    database.execute("BEGIN IMMEDIATE")
    for table, row in made:
        insert(database, table, row)
    database.execute("COMMIT")
