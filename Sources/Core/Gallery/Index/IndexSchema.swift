internal import SQLite

/// The tables of the index. Steps are appended, never changed.
enum IndexSchema {
  /// The application id (SQLite file format, 1.3.13) of an index that was filled once: "DKRM".
  static let filled: Int64 = 0x444B_524D

  static let migrations = [
    // `key` is the time in its upper bits, so that "newest first" is the order of the table itself
    // and of the full-text index, whose rowid it is. The words are kept in the index only. The
    // beginnings of one to three letters are indexed for search while typing: they double the size
    // and turn the 58 ms of a first letter in 200 000 prompts into 0.2.
    Migration(
      1, "pictures",
      sql: """
        CREATE TABLE picture (
          key INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          job TEXT NOT NULL,
          path TEXT NOT NULL,
          created INTEGER NOT NULL,
          offset_minutes INTEGER NOT NULL,
          prompt TEXT NOT NULL,
          model TEXT NOT NULL,
          provider TEXT NOT NULL,
          format TEXT NOT NULL,
          width INTEGER NOT NULL,
          height INTEGER NOT NULL,
          bytes INTEGER NOT NULL,
          refs TEXT NOT NULL,
          parents TEXT NOT NULL,
          rating INTEGER
        );
        CREATE INDEX picture_job ON picture (job);
        CREATE TABLE lineage (
          parent TEXT NOT NULL,
          child TEXT NOT NULL,
          PRIMARY KEY (parent, child)
        ) WITHOUT ROWID;
        CREATE VIRTUAL TABLE words USING fts5 (
          prompt, content = '', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
        );
        """),
    // The columns of `picture`, so that the same code reads both.
    Migration(
      2, "trash",
      sql: """
        CREATE TABLE trash (
          key INTEGER NOT NULL,
          id TEXT NOT NULL,
          job TEXT NOT NULL,
          path TEXT PRIMARY KEY,
          created INTEGER NOT NULL,
          offset_minutes INTEGER NOT NULL,
          prompt TEXT NOT NULL,
          model TEXT NOT NULL,
          provider TEXT NOT NULL,
          format TEXT NOT NULL,
          width INTEGER NOT NULL,
          height INTEGER NOT NULL,
          bytes INTEGER NOT NULL,
          refs TEXT NOT NULL,
          parents TEXT NOT NULL,
          rating INTEGER,
          trashed INTEGER NOT NULL,
          trashed_offset_minutes INTEGER NOT NULL
        );
        CREATE INDEX trash_id ON trash (id);
        """),
    // Rows of an older program have neither until `reindex` reads their records.
    Migration(
      3, "layers",
      sql: """
        ALTER TABLE picture ADD COLUMN remark TEXT;
        ALTER TABLE picture ADD COLUMN layer INTEGER;
        ALTER TABLE trash ADD COLUMN remark TEXT;
        ALTER TABLE trash ADD COLUMN layer INTEGER;
        CREATE INDEX picture_layer ON picture (job, layer) WHERE layer IS NOT NULL;
        """),
    window,
    provenance,
    lookups,
  ]
}
