import type { ListedObject, ObjectKind } from "../../../api/explorer.ts";

/** What is known of the children of a node so far. */
export type Children<Item> =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly message: string }
  | { readonly state: "there"; readonly items: readonly Item[] };

export interface TreeContent {
  readonly catalogs: readonly { readonly name: string; readonly note: string }[];
  /** Of open catalogs, by name. */
  readonly schemas: ReadonlyMap<string, Children<string>>;
  /** Of open schemas, by `schemaKey`. */
  readonly objects: ReadonlyMap<string, Children<ListedObject>>;
}

/** What is chosen in the tree: as deep as there are names. */
export interface TreeAddress {
  readonly catalog: string;
  readonly schema?: string;
  readonly object?: { readonly kind: ObjectKind; readonly name: string };
}

/** One line of the tree as it is drawn. */
export type TreeRow = NodeRow | NoteRow;

export interface NodeRow {
  readonly row: "node";
  readonly id: string;
  readonly level: 1 | 2 | 3;
  readonly label: string;
  readonly note: string;
  /** MANAGED, VIEW, FUNCTION …; CATALOG and SCHEMA above them. */
  readonly type: string;
  readonly address: TreeAddress;
  /** Absent for what has no children. */
  readonly open?: boolean;
  readonly position: number;
  readonly siblings: number;
}

/** In place of children: they are on their way, there are none, or why they cannot be had. */
interface NoteRow {
  readonly row: "note";
  readonly id: string;
  readonly level: 2 | 3;
  readonly tone: "loading" | "empty" | "failed";
  readonly text: string;
}

/** Names may hold anything but control characters. */
const BETWEEN = "\u0000";

export function schemaKey(catalog: string, schema: string): string {
  return `${catalog}${BETWEEN}${schema}`;
}

export function idOf({ catalog, schema, object }: TreeAddress): string {
  return [catalog, schema, object?.kind, object?.name].filter((part) => part !== undefined).join(BETWEEN);
}

/** The ids of the nodes above an address, outermost first. */
export function idsAbove({ catalog, schema, object }: TreeAddress): readonly string[] {
  return [
    ...(schema === undefined ? [] : [catalog]),
    ...(schema === undefined || object === undefined ? [] : [schemaKey(catalog, schema)]),
  ];
}

/**
 * The lines of the tree. With a filter: nodes that hold its text, what is above them, and what is below them as far as it is open;
 * what was not opened yet is not looked into.
 */
export function treeRows(content: TreeContent, open: ReadonlySet<string>, filter = ""): readonly TreeRow[] {
  const wanted = filter.trim().toLowerCase();
  const holds = (name: string) => wanted === "" || name.toLowerCase().includes(wanted);
  const branches = content.catalogs.flatMap(({ name, note }) => {
    const branch = catalogBranch(name, { content, open, holds, within: holds(name), wanted });
    return branch === undefined ? [] : [{ name, note, branch }];
  });
  return branches.flatMap(({ name, note, branch }, index) => [
    {
      row: "node" as const,
      id: name,
      level: 1 as const,
      label: name,
      note,
      type: "CATALOG",
      address: { catalog: name },
      open: branch.open,
      position: index + 1,
      siblings: branches.length,
    },
    ...(branch.open ? branch.rows : []),
  ]);
}

interface Looking {
  readonly content: TreeContent;
  readonly open: ReadonlySet<string>;
  readonly holds: (name: string) => boolean;
  /** Something above holds the text. */
  readonly within: boolean;
  readonly wanted: string;
}

interface Branch {
  readonly open: boolean;
  readonly rows: readonly TreeRow[];
}

/** `undefined`: nothing in it, nor itself, holds the filter's text. */
function catalogBranch(catalog: string, looking: Looking): Branch | undefined {
  const { content, open, holds, within, wanted } = looking;
  const isOpen = open.has(catalog);
  const children = content.schemas.get(catalog);
  const note = noteRow(children, catalog, 2, "No schemas");
  if (children?.state !== "there" || note !== undefined)
    return within ? { open: isOpen, rows: note === undefined ? [] : [note] } : undefined;
  const found = children.items.flatMap((schema) => {
    const branch = schemaBranch(catalog, schema, { ...looking, within: within || holds(schema) });
    return branch === undefined ? [] : [{ schema, branch }];
  });
  if (found.length === 0 && !within) return undefined;
  const rows = found.flatMap(({ schema, branch }, index): readonly TreeRow[] => [
    {
      row: "node",
      id: schemaKey(catalog, schema),
      level: 2,
      label: schema,
      note: "",
      type: "SCHEMA",
      address: { catalog, schema },
      open: branch.open,
      position: index + 1,
      siblings: found.length,
    },
    ...(branch.open ? branch.rows : []),
  ]);
  return { open: isOpen || (wanted !== "" && !holds(catalog)), rows };
}

function schemaBranch(catalog: string, schema: string, looking: Looking): Branch | undefined {
  const { content, open, holds, within } = looking;
  const id = schemaKey(catalog, schema);
  const children = content.objects.get(id);
  const note = noteRow(children, id, 3, "Nothing in it");
  if (children?.state !== "there" || note !== undefined)
    return within ? { open: open.has(id), rows: note === undefined ? [] : [note] } : undefined;
  const found = children.items.filter(({ name }) => within || holds(name));
  if (found.length === 0 && !within) return undefined;
  const rows = found.map(({ kind, type, name, note }, index): TreeRow => {
    const address = { catalog, schema, object: { kind, name } };
    const place = { position: index + 1, siblings: found.length };
    return { row: "node", id: idOf(address), level: 3, label: name, note, type, address, ...place };
  });
  return { open: open.has(id) || !within, rows };
}

function noteRow(
  children: Children<unknown> | undefined,
  above: string,
  level: 2 | 3,
  none: string,
): NoteRow | undefined {
  const note = (tone: NoteRow["tone"], text: string): NoteRow => ({
    row: "note",
    id: `${above}${BETWEEN}${BETWEEN}`,
    level,
    tone,
    text,
  });
  if (children === undefined || children.state === "loading") return note("loading", "Loading");
  if (children.state === "failed") return note("failed", children.message);
  return children.items.length === 0 ? note("empty", none) : undefined;
}

/** Where a key leads: another line, or a change of what is open. Pattern: WAI-ARIA tree view. */
export type Move =
  | { readonly to: string }
  | { readonly open: string }
  | { readonly close: string }
  | { readonly choose: string };

/** What a key does on the line `id`; `undefined`: nothing. A letter goes to the next line that begins with it. */
export function moveOf(key: string, rows: readonly TreeRow[], id: string): Move | undefined {
  const nodes = rows.filter((row) => row.row === "node");
  const at = nodes.findIndex((row) => row.id === id);
  const here = nodes[at];
  if (here === undefined) return undefined;
  const to = (index: number): Move | undefined => {
    const node = nodes[Math.max(0, Math.min(nodes.length - 1, index))];
    return node === undefined ? undefined : { to: node.id };
  };
  switch (key) {
    case "ArrowDown":
      return to(at + 1);
    case "ArrowUp":
      return to(at - 1);
    case "Home":
      return to(0);
    case "End":
      return to(nodes.length - 1);
    case "PageDown":
      return to(at + PAGE);
    case "PageUp":
      return to(at - PAGE);
    case "ArrowRight":
      if (here.open === undefined) return undefined;
      return here.open ? childOf(nodes, at) : { open: here.id };
    case "ArrowLeft":
      return here.open ? { close: here.id } : parentOf(nodes, at);
    case "Enter":
    case " ":
      return { choose: here.id };
    default:
      return undefined;
  }
}

const PAGE = 15;

function childOf(nodes: readonly NodeRow[], at: number): Move | undefined {
  const [here, next] = [nodes[at], nodes[at + 1]];
  return here !== undefined && next !== undefined && next.level > here.level ? { to: next.id } : undefined;
}

function parentOf(nodes: readonly NodeRow[], at: number): Move | undefined {
  const level = nodes[at]?.level ?? 1;
  const parent = nodes.slice(0, at).findLast((node) => node.level < level);
  return parent === undefined ? undefined : { to: parent.id };
}

/** The next line after `id` that begins with the text, from the top again at the end. */
export function typedAhead(rows: readonly TreeRow[], id: string, text: string): string | undefined {
  const nodes = rows.filter((row) => row.row === "node");
  const at = nodes.findIndex((row) => row.id === id);
  // While a word is typed on, the line that it led to may stay.
  const from = text.length > 1 ? at : at + 1;
  const inTurn = [...nodes.slice(from), ...nodes.slice(0, from)];
  return inTurn.find(({ label }) => label.toLowerCase().startsWith(text.toLowerCase()))?.id;
}
