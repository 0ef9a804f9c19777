"""Notes: a small app with a database, a cache and a worker, as a small team has it.

  notes.py web       answers requests on port 3000
  notes.py worker    counts the words of new notes
  notes.py migrate   brings the database up to date
"""

import html
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import psycopg2
from pymemcache.client.base import Client

VERSION_FILE = "/app/version"
MIGRATIONS = [
    "CREATE TABLE notes (id SERIAL PRIMARY KEY, text TEXT NOT NULL)",
    "ALTER TABLE notes ADD COLUMN words INTEGER",
]


def database():
    """A connection of its own for each piece of work; there are few users."""
    return psycopg2.connect(
        host=os.environ.get("DATABASE_HOST", "db"),
        user="postgres",
        password=os.environ["DATABASE_PASSWORD"],
        dbname="postgres",
        connect_timeout=5,
    )


def cache():
    return Client((os.environ.get("CACHE_HOST", "cache"), 11211), connect_timeout=1, timeout=1)


def query(statement, values=()):
    connection = database()
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def migrate():
    query("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY)")
    done = {number for (number,) in query("SELECT number FROM migrations")}
    for number, statement in enumerate(MIGRATIONS, start=1):
        if number not in done:
            query(statement + "; INSERT INTO migrations VALUES (%s)", (number,))
            print(f"migration {number} is done", flush=True)


def work():
    """Ends between two notes when it is told to."""
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    print("the worker looks for notes", flush=True)
    while not ending.is_set():
        found = query("SELECT id, text FROM notes WHERE words IS NULL ORDER BY id LIMIT 20")
        for number, text in found:
            query("UPDATE notes SET words = %s WHERE id = %s", (len(text.split()), number))
        ending.wait(0 if found else 1)


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/up":
            self.health()
        elif self.path == "/":
            self.answer(200, "text/html; charset=utf-8", page())
        elif self.path == "/notes":
            rows = query("SELECT id, text, words FROM notes ORDER BY id")
            self.answer(200, "text/plain; charset=utf-8", "".join(f"{i} {t} {w}\n" for i, t, w in rows))
        else:
            self.answer(404, "text/plain", "There is nothing here.\n")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        text = parse_qs(body).get("text", [""])[0]
        if self.path != "/notes" or not text:
            self.answer(400, "text/plain", "Send text=... to /notes.\n")
            return
        query("INSERT INTO notes (text) VALUES (%s)", (text,))
        forget_page()
        self.answer(303, "text/plain", "", Location="/")

    def health(self):
        try:
            query("SELECT count(*) FROM notes")
            self.answer(200, "text/plain", "well\n")
        except psycopg2.Error as e:
            self.answer(503, "text/plain", f"the database: {e}\n")

    def answer(self, status, kind, text, **headers):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def page():
    """From the cache if it has one; without a cache the page is only slower."""
    try:
        known = cache().get("page")
    except OSError:
        known = None
    if known:
        return known.decode()
    rows = query("SELECT text FROM notes ORDER BY id DESC LIMIT 50")
    made = f"<h1>Notes {version()}</h1><ul>" + "".join(f"<li>{html.escape(text)}" for (text,) in rows) + "</ul>"
    try:
        cache().set("page", made.encode(), expire=5)
    except OSError:
        pass
    return made


def forget_page():
    try:
        cache().delete("page")
    except OSError:
        pass


def version():
    with open(VERSION_FILE, encoding="utf-8") as file:
        return file.read().strip()


def web():
    server = ThreadingHTTPServer(("0.0.0.0", 3000), Pages)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    print(f"notes {version()} answers on port 3000", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    started = time.monotonic()
    {"web": web, "worker": work, "migrate": migrate}[sys.argv[1] if len(sys.argv) > 1 else "web"]()
    print(f"ended after {time.monotonic() - started:.0f} s", flush=True)
