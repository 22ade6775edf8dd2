internal import SQLite

extension IndexSchema {
  /// Of pictures that an older program filed nothing but the parents is known until `reindex` reads their records. A
  /// picture may come from another one in more than one way: each is an edge of its own.
  static let provenance = Migration(
    5, "provenance",
    sql: """
      ALTER TABLE lineage RENAME TO plain_lineage;
      CREATE TABLE lineage (
        parent TEXT NOT NULL, child TEXT NOT NULL, kind TEXT NOT NULL,
        PRIMARY KEY (parent, child, kind)
      ) WITHOUT ROWID;
      INSERT INTO lineage SELECT parent, child, CASE
        WHEN child IN (SELECT id FROM picture WHERE layer IS NOT NULL) THEN 'layer' ELSE 'reference' END
        FROM plain_lineage;
      DROP TABLE plain_lineage;
      ALTER TABLE picture ADD COLUMN parent_kinds TEXT;
      ALTER TABLE picture ADD COLUMN experiment TEXT;
      ALTER TABLE picture ADD COLUMN cell TEXT;
      ALTER TABLE trash ADD COLUMN parent_kinds TEXT;
      ALTER TABLE trash ADD COLUMN experiment TEXT;
      ALTER TABLE trash ADD COLUMN cell TEXT;
      CREATE INDEX picture_experiment ON picture (experiment, key) WHERE experiment IS NOT NULL;
      """)

  /// What is asked of every picture that is filed, replaced or removed is found without a look at every row.
  static let lookups = Migration(
    6, "lookups",
    sql: """
      CREATE INDEX lineage_child ON lineage (child);
      CREATE INDEX trash_job ON trash (job);
      """)
}
