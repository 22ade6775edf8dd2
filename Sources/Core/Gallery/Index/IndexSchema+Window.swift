internal import SQLite

// How many rows a list has, and which is the one with a number, is known without counting: `span` has the rows of
// each stretch of time, in two sizes, so that neither years nor a million pictures of one afternoon take long.
// Triggers keep it, so that no statement that adds or removes a picture can forget it.
extension IndexSchema {
  /// `key >> 46` is 18.6 hours, `key >> 36` is 65 seconds.
  static let window = Migration(
    4, "window",
    sql: """
      ALTER TABLE picture ADD COLUMN lead INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE picture ADD COLUMN layer_name TEXT;
      ALTER TABLE picture ADD COLUMN image_hash TEXT;
      ALTER TABLE trash ADD COLUMN layer_name TEXT;
      ALTER TABLE trash ADD COLUMN image_hash TEXT;
      UPDATE picture SET lead = 0 WHERE layer IS NOT NULL AND EXISTS (
        SELECT 1 FROM picture AS lower WHERE lower.job = picture.job AND lower.layer IS NOT NULL
        AND (lower.layer, lower.key) < (picture.layer, picture.key));
      CREATE TABLE span (
        level INTEGER NOT NULL, span INTEGER NOT NULL, rows INTEGER NOT NULL,
        PRIMARY KEY (level, span)
      ) WITHOUT ROWID;
      CREATE TABLE change (
        mark INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, kind INTEGER NOT NULL
      );
      INSERT INTO change VALUES (CAST(strftime('%s', 'now') AS INTEGER) * 1000, '', 2);
      CREATE TRIGGER change_added AFTER INSERT ON change BEGIN
        DELETE FROM change WHERE mark <= new.mark - 10000;
      END;
      \(countSpans)
      \(createTriggers)
      """)

  /// Makes the counts anew. All are counted in an index that is small beside the table, then those without a row of
  /// their own are taken off.
  static let countSpans = """
    DELETE FROM span;
    INSERT INTO span SELECT 2, key >> 36, count(*) FROM picture GROUP BY key >> 36;
    INSERT INTO span
      SELECT 2, key >> 36, -count(*) FROM picture WHERE layer IS NOT NULL AND NOT lead GROUP BY key >> 36
      ON CONFLICT DO UPDATE SET rows = rows + excluded.rows;
    DELETE FROM span WHERE rows = 0;
    INSERT INTO span SELECT 1, span >> 10, sum(rows) FROM span WHERE level = 2 GROUP BY span >> 10;
    """

  /// The kind of a change is 1 for a picture that came, -1 for one that went, 0 for one whose row is another, 2
  /// for all of them.
  static let createTriggers = """
    CREATE TRIGGER picture_added AFTER INSERT ON picture BEGIN
      INSERT INTO span SELECT 1, new.key >> 46, 1 WHERE new.lead
        ON CONFLICT DO UPDATE SET rows = rows + 1;
      INSERT INTO span SELECT 2, new.key >> 36, 1 WHERE new.lead
        ON CONFLICT DO UPDATE SET rows = rows + 1;
      INSERT INTO change (id, kind) VALUES (new.id, 1);
    END;
    CREATE TRIGGER picture_removed AFTER DELETE ON picture BEGIN
      UPDATE span SET rows = rows - 1 WHERE old.lead AND level = 1 AND span = old.key >> 46;
      UPDATE span SET rows = rows - 1 WHERE old.lead AND level = 2 AND span = old.key >> 36;
      DELETE FROM span WHERE rows = 0 AND level = 1 AND span = old.key >> 46;
      DELETE FROM span WHERE rows = 0 AND level = 2 AND span = old.key >> 36;
      INSERT INTO change (id, kind) VALUES (old.id, -1);
    END;
    CREATE TRIGGER picture_lead AFTER UPDATE OF lead ON picture WHEN old.lead <> new.lead BEGIN
      INSERT INTO span VALUES (1, new.key >> 46, new.lead - old.lead)
        ON CONFLICT DO UPDATE SET rows = rows + excluded.rows;
      INSERT INTO span VALUES (2, new.key >> 36, new.lead - old.lead)
        ON CONFLICT DO UPDATE SET rows = rows + excluded.rows;
      DELETE FROM span WHERE rows = 0 AND level = 1 AND span = new.key >> 46;
      DELETE FROM span WHERE rows = 0 AND level = 2 AND span = new.key >> 36;
      INSERT INTO change (id, kind) VALUES (new.id, 0);
    END;
    """

  static let dropTriggers = """
    DROP TRIGGER picture_added;
    DROP TRIGGER picture_removed;
    DROP TRIGGER picture_lead;
    """
}
