"""Galleries of many pictures: one is drawn, the rows of the others are put into the index beside it."""
import os, pathlib, random, sqlite3, subprocess

WORDS = ("lantern fog courtyard winter river heron lacquer paper bridge moon tiger market silk copper garden rain "
         "harbour pagoda crane plum ink mountain terrace mist red small old quiet bright of in with under").split()


def make(darkroom, environment, directory, count, seed=7):
    """A gallery whose index lists `count` pictures; the files are those of the few that were drawn.

    The service has ended when this returns, so that the index is whole and nobody's.
    """
    subprocess.run([darkroom, "generate", "--provider", "sandbox", "--gallery", directory,
                    "a red lantern in fog"], env=environment, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    subprocess.run([darkroom, "service", "--stop", "--gallery", directory], env=environment, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    index = sqlite3.connect(os.path.join(directory, ".darkroom", "index.sqlite"))
    index.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
    names = [row[1] for row in index.execute("PRAGMA table_info(picture)")]
    drawn = dict(zip(names, index.execute("SELECT * FROM picture").fetchone()))
    dice = random.Random(seed)
    letters = "0123456789abcdefghjkmnpqrstvwxyz"

    def rows():
        for number in range(1, count):
            # One a minute, back from the one that was drawn.
            created = drawn["created"] - 60_000 * number
            job = "".join(letters[number >> 5 * place & 31] for place in range(5, -1, -1))
            prompt = " ".join(dice.choices(WORDS, k=dice.randint(4, 40)))
            yield tuple((drawn | {"key": created << 20 | 1, "id": job + "-1", "job": job, "created": created,
                                  "prompt": prompt})[name] for name in names)

    # Ids of six letters are those of a gallery in which the short ones are taken.
    marks = ", ".join("?" * len(names))
    with index:
        index.executemany(f"INSERT INTO picture VALUES ({marks})", rows())
        index.execute("INSERT INTO words (rowid, prompt) SELECT key, prompt FROM picture WHERE id <> ?",
                      [drawn["id"]])
    index.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert index.execute("SELECT count(*) FROM picture").fetchone()[0] == count
    index.close()
    return pathlib.Path(directory)
