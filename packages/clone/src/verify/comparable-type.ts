import { type DataType, parseDataType, SqlError } from "@clone-xs/sql";

/** A data type by how its values are told apart. */
export type ComparableType =
  | { readonly kind: "plain" | "floating" | "collated" | "void" }
  | { readonly kind: "array"; readonly element: ComparableType }
  | { readonly kind: "map"; readonly key: ComparableType; readonly value: ComparableType }
  | {
      readonly kind: "struct";
      readonly fields: readonly { readonly name: string; readonly type: ComparableType }[];
    };

export type ComparableRead =
  | { readonly ok: true; readonly type: ComparableType }
  | { readonly ok: false; readonly reason: string };

/** Reads the text of a type. Of a type whose values no hash takes, or that is not understood, it says so. */
export function comparableType(typeText: string): ComparableRead {
  if (/^string\s+collate\s+\S+$/iu.test(typeText)) return { ok: true, type: { kind: "collated" } };
  const type = parsed(typeText);
  if (type === undefined) return { ok: false, reason: `its type ${typeText} is not understood` };
  const read = comparable(type);
  return typeof read === "string"
    ? { ok: false, reason: `values of type ${read} cannot be hashed` }
    : { ok: true, type: read };
}

function parsed(typeText: string): DataType | undefined {
  try {
    return parseDataType(typeText);
  } catch (error) {
    if (error instanceof SqlError) return undefined;
    throw error;
  }
}

/** The name of the type that stands in the way, when there is one. */
function comparable({ name, elements, fields }: DataType): ComparableType | string {
  switch (name) {
    case "ARRAY":
    case "MAP": {
      const [first = name, second = first] = elements.map(comparable);
      if (typeof first === "string") return first;
      if (typeof second === "string") return second;
      return name === "ARRAY"
        ? { kind: "array", element: first }
        : { kind: "map", key: first, value: second };
    }
    case "STRUCT": {
      const read = fields.map((field) => ({ name: field.name.text, type: comparable(field.type) }));
      const fitting = read.flatMap(({ name: field, type }) =>
        typeof type === "string" ? [] : [{ name: field, type }],
      );
      const odd = read.find(({ type }) => typeof type === "string");
      return typeof odd?.type === "string" ? odd.type : { kind: "struct", fields: fitting };
    }
    default:
      return KINDS[name] === undefined ? name : { kind: KINDS[name] };
  }
}

const KINDS: Readonly<Record<string, "plain" | "floating" | "void" | undefined>> = {
  BOOLEAN: "plain",
  TINYINT: "plain",
  SMALLINT: "plain",
  INT: "plain",
  BIGINT: "plain",
  DECIMAL: "plain",
  STRING: "plain",
  VARCHAR: "plain",
  CHAR: "plain",
  BINARY: "plain",
  DATE: "plain",
  TIMESTAMP: "plain",
  TIMESTAMP_NTZ: "plain",
  FLOAT: "floating",
  DOUBLE: "floating",
  VOID: "void",
};
