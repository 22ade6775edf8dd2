"""Galleries of many pictures: one is drawn, the rows of the others are put into the index beside it."""
import contextlib, os, pathlib, random, shutil, sqlite3, subprocess, tempfile

WORDS = ("lantern fog courtyard winter river heron lacquer paper bridge moon tiger market silk copper garden rain "
         "harbour pagoda crane plum ink mountain terrace mist red small old quiet bright of in with under").split()
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def job(number):
    """Ids of six letters are those of a gallery in which the short ones are taken."""
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(5, -1, -1))


def cached(darkroom, environment, count):
    """A gallery of `count` pictures that is kept from one run to the next, made anew where its index is of another
    program's schema."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = pathlib.Path(cache, "darkroom-bench")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        draw(darkroom, environment, scratch)
        with contextlib.closing(open_index(scratch)) as index:
            schema = index.execute("PRAGMA user_version").fetchone()[0]
        kept = folder / f"gallery-{count}-schema-{schema}"
        if not kept.exists():
            for other in folder.glob(f"gallery-{count}-schema-*"):
                shutil.rmtree(other)
            fill(scratch, count)
            os.rename(scratch, kept)
            os.mkdir(scratch)
    return str(kept)


def open_index(directory):
    return sqlite3.connect(os.path.join(directory, ".darkroom", "index.sqlite"))


def draw(darkroom, environment, directory):
    """A gallery of one picture. The service has ended when this returns: the index is whole and nobody's."""
    for command in (["generate", "--provider", "sandbox", "a red lantern in fog"], ["service", "--stop"]):
        subprocess.run([darkroom, *command, "--gallery", directory], env=environment, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def fill(directory, count, seed=7):
    """Has the index list `count` pictures; all of them are the file of the one that was drawn."""
    with contextlib.closing(open_index(directory)) as index:
        index.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
        names = [row[1] for row in index.execute("PRAGMA table_info(picture)")]
        drawn = dict(zip(names, index.execute("SELECT * FROM picture").fetchone()))
        dice = random.Random(seed)

        def rows():
            for number in range(1, count):
                # One a minute, back from the one that was drawn.
                created = drawn["created"] - 60_000 * number
                prompt = " ".join(dice.choices(WORDS, k=dice.randint(4, 40)))
                yield tuple((drawn | {"key": created << 20 | 1, "id": job(number) + "-1", "job": job(number),
                                      "created": created, "prompt": prompt})[name] for name in names)

        marks = ", ".join("?" * len(names))
        with index:
            index.executemany(f"INSERT INTO picture VALUES ({marks})", rows())
            index.execute("INSERT INTO words (rowid, prompt) SELECT key, prompt FROM picture WHERE id <> ?",
                          [drawn["id"]])
        index.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert index.execute("SELECT count(*) FROM picture").fetchone()[0] == count
