internal import SQLite

extension IndexSchema {
  /// Of pictures that an older program filed nothing but the parents is known until `reindex` reads their records.
  static let provenance = Migration(
    5, "provenance",
    sql: """
      ALTER TABLE lineage ADD COLUMN kind TEXT NOT NULL DEFAULT 'reference';
      UPDATE lineage SET kind = 'layer'
        WHERE child IN (SELECT id FROM picture WHERE layer IS NOT NULL);
      ALTER TABLE picture ADD COLUMN parent_kinds TEXT;
      ALTER TABLE picture ADD COLUMN experiment TEXT;
      ALTER TABLE picture ADD COLUMN cell TEXT;
      ALTER TABLE trash ADD COLUMN parent_kinds TEXT;
      ALTER TABLE trash ADD COLUMN experiment TEXT;
      ALTER TABLE trash ADD COLUMN cell TEXT;
      CREATE INDEX picture_experiment ON picture (experiment, key) WHERE experiment IS NOT NULL;
      """)
}
