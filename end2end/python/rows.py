"""Changes rows in the database of the running server, where no page can do it: more rows than anyone would type, each a copy
of what the product wrote with its own names; and what only time or a plan's data would change. Reads its instructions from
standard input, as JSON; needs only Python itself."""

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


def multiply(database, order):
    """Registers the app this many more times."""
    [app] = rows(database, "application", "client_id", order["client_id"])
    wanted = range(1, order["count"] + 1)
    return [("insert", table, row) for number in wanted for table, row in copies(database, app, number)]


def expire(_, order):
    """Lets the time of the app's open requests run out."""
    statement = "UPDATE authorization_request SET expires_at = created_at WHERE client_id = ? AND decided_at IS NULL"
    return [("run", statement, [order["client_id"]])]


def lose(_, order):
    """Links the account to members whom no plan has, as if the plan's newest data did not have them."""
    statement = "UPDATE member_link SET patient_id = 'gone' WHERE account_id = (SELECT id FROM account WHERE healthcare_id = ?)"
    return [("run", statement, [order["healthcare_id"]])]


order = json.load(sys.stdin)
with closing(sqlite3.connect(order["database"], timeout=60, isolation_level=None)) as database:
    database.row_factory = sqlite3.Row
    # The server checkpoints the log itself.
    database.execute("PRAGMA wal_autocheckpoint = 0")
    made = {"multiply": multiply, "expire": expire, "lose": lose}[order["do"]](database, order)
    # The server waits for its turn in the meantime.
    database.execute("BEGIN IMMEDIATE")
    for step, what, values in made:
        insert(database, what, values) if step == "insert" else database.execute(what, values)
    database.execute("COMMIT")
