/**
 * What became of each object of each run: a fold of the events of a run that the database keeps by itself, whoever appends or deletes them,
 * so that any part of a long run can be shown without reading the rest. What is done around an object (`governance`) and for the run as a
 * whole has a row for each step, any other object has one. States are those of steps, and `waiting`, `kept`, `left` and `impossible` of what
 * was decided and not begun.
 */
export const OBJECT_TABLE = `
CREATE TABLE run_objects (
  run_id TEXT NOT NULL,
  target TEXT NOT NULL,
  object TEXT NOT NULL,
  kind TEXT NOT NULL,
  part TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  operation TEXT,
  step TEXT,
  detail TEXT,
  source_version TEXT,
  cloned_version TEXT,
  format TEXT,
  started_at INTEGER,
  ended_at INTEGER,
  bytes INTEGER,
  files INTEGER,
  statement_id TEXT,
  code TEXT,
  message TEXT,
  PRIMARY KEY (run_id, target, object, kind, part)
) WITHOUT ROWID;
CREATE INDEX log_lines ON events (run_id, seq) WHERE type = 'log';
CREATE TRIGGER fold_step AFTER INSERT ON events WHEN NEW.type = 'step' BEGIN
  INSERT INTO run_objects (run_id, target, object, kind, part, state, reason, operation, step, started_at, ended_at, bytes, files, statement_id, code, message)
  SELECT NEW.run_id, coalesce(step ->> '$.target', ''), step ->> '$.object', step ->> '$.kind',
    CASE WHEN step ->> '$.kind' IN ('table', 'view', 'function', 'volume', 'schema', 'catalog') THEN '' ELSE step ->> '$.id' END,
    step ->> '$.state', coalesce(step ->> '$.reason', ''), step ->> '$.operation', step ->> '$.id',
    CASE step ->> '$.state' WHEN 'skipped' THEN NULL ELSE at - cast(1000 * coalesce(step ->> '$.seconds', 0) AS INTEGER) END,
    CASE step ->> '$.state' WHEN 'started' THEN NULL WHEN 'skipped' THEN NULL ELSE at END,
    step ->> '$.bytesCopied', step ->> '$.filesCopied', step ->> '$.statementId', step ->> '$.error.code', step ->> '$.error.message'
  FROM (SELECT NEW.body -> '$.step' AS step, NEW.body ->> '$.at' AS at) WHERE true
  ON CONFLICT DO UPDATE SET state = excluded.state, reason = excluded.reason, operation = excluded.operation, step = excluded.step,
    started_at = excluded.started_at, ended_at = excluded.ended_at, bytes = excluded.bytes, files = excluded.files,
    statement_id = coalesce(excluded.statement_id, statement_id),
       code = excluded.code, message = excluded.message;
END;
CREATE TRIGGER fold_decided AFTER INSERT ON events WHEN NEW.type = 'decided' BEGIN
  INSERT INTO run_objects (run_id, target, object, kind, part, state, reason, detail, source_version, cloned_version, format, code, message)
  SELECT NEW.run_id, coalesce(NEW.body ->> '$.target', ''), value ->> '$.object', value ->> '$.kind', '',
    CASE value ->> '$.action' WHEN 'clone' THEN 'waiting' WHEN 'keep' THEN 'kept' WHEN 'leave' THEN 'left' WHEN 'impossible' THEN 'impossible' ELSE 'failed' END,
    value ->> '$.reason', value ->> '$.detail', value ->> '$.sourceVersion', value ->> '$.clonedVersion', value ->> '$.format',
    value ->> '$.error.code', value ->> '$.error.message'
  FROM json_each(NEW.body, '$.objects') WHERE true
  ON CONFLICT DO UPDATE SET detail = excluded.detail, source_version = excluded.source_version,
    cloned_version = excluded.cloned_version, format = excluded.format;
END;
CREATE TRIGGER forget_objects AFTER DELETE ON runs BEGIN
  DELETE FROM run_objects WHERE run_id = OLD.id;
END;
REPLACE INTO events SELECT * FROM events WHERE type = 'step' ORDER BY run_id, seq;
`;
