import type {
  AddedColumn,
  AlterSecurableAction,
  AlterTableAction,
  ColumnPosition,
  Identifier,
  ParsedStatement,
  QualifiedName,
  Securable,
} from "../tree/index.ts";
import { principal, properties, propertyKeys, securableWord, tags } from "./clauses.ts";
import { columnAfter, constraint, mask, rowFilter } from "./columns.ts";
import type { Cursor } from "./cursor.ts";
import { atIdentifier, identifier, objectName, stringLiteral, tableReference } from "./names.ts";
import { alterShare } from "./sharing.ts";
import { dataType } from "./types.ts";

/** ALTER … */
export function alter(cursor: Cursor): ParsedStatement {
  const { start } = cursor.advance();
  const word = securableWord(cursor);
  if (word === "SHARE") return alterShare(cursor, start);
  if (!word || word === "METASTORE") return refused(cursor);
  const view = word === "VIEW";
  cursor.advance();
  if (word === "TABLE" || view) {
    const target = tableReference(cursor);
    const action = view ? viewAction(cursor) : tableAction(cursor);
    return { kind: "alterTable", target, view, action, ...cursor.span(start) };
  }
  const name = objectName(cursor);
  const on: Securable = { type: word, name, ...cursor.span(start) };
  const action = (word === "SCHEMA" ? schemaAction(cursor) : undefined) ?? securableAction(cursor);
  return { kind: "alterSecurable", on, action, ...cursor.span(start) };
}

function refused(cursor: Cursor): never {
  const known = /^(?:METASTORE|RECIPIENT|PROVIDER|CONNECTION|EXTERNAL|STORAGE|MATERIALIZED|STREAMING)$/u;
  if (known.test(cursor.token.symbol)) cursor.unsupported(`ALTER ${cursor.token.symbol}`);
  return cursor.fail();
}

/** What tables, views and the other securables share. */
function anyAction(
  cursor: Cursor,
): Extract<AlterSecurableAction, { kind: "owner" | "setTags" | "unsetTags" | "rename" }> | undefined {
  if (cursor.take("OWNER", "TO") || cursor.take("SET", "OWNER", "TO"))
    return { kind: "owner", principal: principal(cursor) };
  if (cursor.take("SET", "TAGS")) return { kind: "setTags", tags: tags(cursor) };
  if (cursor.take("UNSET", "TAGS")) return { kind: "unsetTags", keys: propertyKeys(cursor) };
  return cursor.take("RENAME", "TO") ? { kind: "rename", to: objectName(cursor) } : undefined;
}

/** Source: "ALTER SCHEMA", Databricks SQL reference; UNSET as Spark 4 has it. A catalog has no such clause. */
function schemaAction(cursor: Cursor): AlterSecurableAction | undefined {
  if (cursor.take("SET", "DBPROPERTIES") || cursor.take("SET", "PROPERTIES"))
    return { kind: "setProperties", properties: properties(cursor) };
  if (cursor.take("UNSET", "DBPROPERTIES") || cursor.take("UNSET", "PROPERTIES"))
    return { kind: "unsetProperties", keys: propertyKeys(cursor) };
  return undefined;
}

function securableAction(cursor: Cursor): AlterSecurableAction {
  return anyAction(cursor) ?? unknownAction(cursor);
}

function viewAction(cursor: Cursor): AlterTableAction {
  if (cursor.take("AS")) return { kind: "viewQuery", query: cursor.grammar.query(cursor) };
  return anyAction(cursor) ?? propertyAction(cursor) ?? columnAction(cursor) ?? unknownAction(cursor);
}

function tableAction(cursor: Cursor): AlterTableAction {
  return (
    anyAction(cursor) ??
    propertyAction(cursor) ??
    columnAction(cursor) ??
    filterAction(cursor) ??
    structureAction(cursor) ??
    unknownAction(cursor)
  );
}

function unknownAction(cursor: Cursor): never {
  const word = cursor.token.symbol;
  const known =
    /^(?:SET|UNSET|ALTER|CHANGE|ADD|DROP|RENAME|REPLACE|RECOVER|CLUSTER|SYNC|ENABLE|DISABLE|INHERIT)$/u;
  if (!known.test(word)) cursor.fail();
  const next = cursor.peek(1);
  return cursor.unsupported(`ALTER … ${word}${next.type === "word" ? ` ${next.symbol}` : ""}`);
}

function propertyAction(cursor: Cursor): AlterTableAction | undefined {
  if (cursor.take("SET", "TBLPROPERTIES")) return { kind: "setProperties", properties: properties(cursor) };
  if (!cursor.take("UNSET", "TBLPROPERTIES")) return undefined;
  const ifExists = cursor.take("IF", "EXISTS");
  return { kind: "unsetProperties", keys: propertyKeys(cursor), ifExists };
}

/** ALTER [COLUMN] c …, CHANGE [COLUMN] c … */
function columnAction(cursor: Cursor): AlterTableAction | undefined {
  const begin = cursor.token;
  if (!cursor.take("ALTER") && !cursor.take("CHANGE")) return undefined;
  if (cursor.at("COLUMN") && atIdentifier(cursor, 1)) cursor.advance();
  const column = objectName(cursor);
  const action = fieldAction(cursor, column) ?? oneColumnAction(cursor, alone(cursor, column));
  if (!action) cursor.unsupported(`${begin.symbol} COLUMN … ${cursor.token.text}`.trimEnd());
  if (!cursor.at(",")) return action;
  if (action.kind !== "columnComments")
    cursor.unsupported("ALTER COLUMN of several columns with other than COMMENT");
  return { ...action, comments: [...action.comments, ...moreComments(cursor)] };
}

/** What a field inside a struct can do too. */
function fieldAction(cursor: Cursor, column: QualifiedName): AlterTableAction | undefined {
  if (cursor.take("TYPE")) return { kind: "changeType", column, type: dataType(cursor) };
  const position = columnPosition(cursor);
  return position && { kind: "moveColumn", column, position };
}

/** `FIRST`, `AFTER a`, or nothing. */
function columnPosition(cursor: Cursor): ColumnPosition | undefined {
  if (cursor.take("FIRST")) return { kind: "first" };
  return cursor.take("AFTER") ? { kind: "after", column: identifier(cursor) } : undefined;
}

/** A column of the table itself. */
function alone(cursor: Cursor, { parts, start }: QualifiedName): Identifier {
  const [name, ...more] = parts;
  if (name === undefined || more.length > 0)
    cursor.unsupported(`ALTER COLUMN … ${cursor.token.text} of a field in a struct`, start);
  return name;
}

/** `, b COMMENT '…', …` */
function moreComments(cursor: Cursor): ColumnComment[] {
  const comments: ColumnComment[] = [];
  while (cursor.take(",")) {
    const column = identifier(cursor);
    if (!cursor.take("COMMENT"))
      cursor.unsupported("ALTER COLUMN of several columns with other than COMMENT");
    comments.push({ column, comment: stringLiteral(cursor) });
  }
  return comments;
}

type ColumnComment = Extract<AlterTableAction, { kind: "columnComments" }>["comments"][number];

function oneColumnAction(cursor: Cursor, column: Identifier): AlterTableAction | undefined {
  if (cursor.take("COMMENT"))
    return { kind: "columnComments", comments: [{ column, comment: stringLiteral(cursor) }] };
  if (cursor.take("SET", "TAGS")) return { kind: "setColumnTags", column, tags: tags(cursor) };
  if (cursor.take("UNSET", "TAGS")) return { kind: "unsetColumnTags", column, keys: propertyKeys(cursor) };
  if (cursor.take("SET", "MASK")) return { kind: "setMask", column, ...mask(cursor) };
  if (cursor.take("DROP", "MASK")) return { kind: "dropMask", column };
  if (cursor.take("SET", "NOT", "NULL")) return { kind: "setNotNull", column };
  if (cursor.take("SET", "DEFAULT"))
    return { kind: "setDefault", column, default: cursor.grammar.expression(cursor) };
  if (cursor.take("DROP", "DEFAULT")) return { kind: "dropDefault", column };
  if (cursor.take("SYNC", "IDENTITY")) return { kind: "syncIdentity", column };
  return cursor.take("DROP", "NOT", "NULL") ? { kind: "dropNotNull", column } : undefined;
}

function filterAction(cursor: Cursor): AlterTableAction | undefined {
  if (cursor.take("SET", "ROW", "FILTER")) return { kind: "setRowFilter", ...rowFilter(cursor) };
  return cursor.take("DROP", "ROW", "FILTER") ? { kind: "dropRowFilter" } : undefined;
}

function structureAction(cursor: Cursor): AlterTableAction | undefined {
  if (cursor.take("DROP", "CONSTRAINT")) {
    const ifExists = cursor.take("IF", "EXISTS");
    return { kind: "dropConstraint", name: identifier(cursor), ifExists, cascade: cascade(cursor) };
  }
  if (cursor.take("DROP", "PRIMARY", "KEY")) {
    const ifExists = cursor.take("IF", "EXISTS");
    return { kind: "dropKey", ifExists, cascade: cascade(cursor) };
  }
  if (cursor.take("DROP", "FOREIGN", "KEY")) {
    const ifExists = cursor.take("IF", "EXISTS");
    return { kind: "dropKey", columns: cursor.parenthesized(identifier), ifExists, cascade: false };
  }
  if (cursor.take("RENAME", "COLUMN")) {
    const column = objectName(cursor);
    cursor.expect("TO");
    return { kind: "renameColumn", column, to: identifier(cursor) };
  }
  if (cursor.take("DROP", "COLUMNS") || cursor.take("DROP", "COLUMN")) {
    const ifExists = cursor.take("IF", "EXISTS");
    const columns = cursor.at("(") ? cursor.parenthesized(objectName) : cursor.list(objectName);
    return { kind: "dropColumns", columns, ifExists };
  }
  if (cursor.take("ADD", "COLUMNS") || cursor.take("ADD", "COLUMN"))
    return { kind: "addColumns", columns: addedColumns(cursor) };
  if (cursor.take("CLUSTER", "BY")) return { kind: "clusterBy", columns: clusteringColumns(cursor) };
  if (!cursor.at("ADD") || !CONSTRAINTS.has(cursor.peek(1).symbol)) return undefined;
  cursor.advance();
  return { kind: "addConstraint", constraint: constraint(cursor) };
}

function cascade(cursor: Cursor): boolean {
  if (cursor.take("CASCADE")) return true;
  cursor.take("RESTRICT");
  return false;
}

const CONSTRAINTS = new Set(["CONSTRAINT", "PRIMARY", "FOREIGN", "CHECK"]);

function addedColumns(cursor: Cursor): readonly AddedColumn[] {
  return cursor.at("(") ? cursor.parenthesized(addedColumn) : cursor.list(addedColumn);
}

function addedColumn(cursor: Cursor): AddedColumn {
  const { parts } = objectName(cursor);
  const name = parts.at(-1) ?? cursor.fail();
  const added = columnAfter(cursor, name);
  const position = columnPosition(cursor);
  return { ...added, parents: parts.slice(0, -1), ...(position && { position }) };
}

function clusteringColumns(cursor: Cursor): readonly QualifiedName[] {
  if (cursor.at("AUTO")) cursor.unsupported("CLUSTER BY AUTO");
  return cursor.take("NONE") ? [] : cursor.parenthesized(objectName);
}
