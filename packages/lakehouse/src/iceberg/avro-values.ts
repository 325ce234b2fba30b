import { AvroError, type Input } from "./avro-input.ts";

/** A decoded value: `int` as number, `long` as bigint, `bytes` and `fixed` as bytes. */
export type AvroValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly AvroValue[]
  | AvroRecord;

export interface AvroRecord {
  readonly [field: string]: AvroValue;
}

/** A value that stands for itself as text. Throws AvroError for lists, records and bytes. */
export function avroText(value: AvroValue | undefined): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    default:
      throw new AvroError("a text or number was expected");
  }
}

type Decoder = (input: Input, depth: number) => AvroValue;

/** Manifests nest five deep. */
const MOST_DEPTH = 64;

/** What reads values of a schema. Throws AvroError for what is no schema; the decoder does for bytes that do not fit it. */
export function avroDecoder(schema: unknown): Decoder {
  return compiled(schema, new Map(), 0);
}

/** `names` gets the types that the schema defines, for those that name them again. */
function compiled(schema: unknown, names: Map<string, Decoder>, depth: number): Decoder {
  if (depth > MOST_DEPTH) throw new AvroError("its schema nests too deep");
  const inner = (part: unknown) => compiled(part, names, depth + 1);
  if (typeof schema === "string") return named(schema, names);
  if (Array.isArray(schema)) return union(schema.map(inner));
  const { type, name, fields, items, values, size, symbols } = asObject(schema);
  const decoder = (): Decoder => {
    switch (type) {
      case "record":
        return record(asList(fields).map((f) => [String(asObject(f)["name"]), inner(asObject(f)["type"])]));
      case "array":
        return list(inner(items));
      case "map":
        return entries(inner(values));
      case "fixed":
        return (input) => input.take(Number(size));
      case "enum":
        return symbol(asList(symbols).map(String));
      default:
        return inner(type);
    }
  };
  const found = guarded(decoder());
  if (typeof name === "string") names.set(simple(name), found);
  return found;
}

/** Counts what is decoded and how deep it lies, so that made-up types and counts end. */
function guarded(decode: Decoder): Decoder {
  return (input, depth) => {
    if (depth > MOST_DEPTH) throw new AvroError("its values nest too deep");
    input.value();
    return decode(input, depth + 1);
  };
}

function record(fields: readonly (readonly [name: string, decode: Decoder])[]): Decoder {
  return (input, depth) =>
    Object.fromEntries(fields.map(([name, decode]) => [name, decode(input, depth)] as const));
}

function list(item: Decoder): Decoder {
  return (input, depth) => blocks(input, () => item(input, depth));
}

function entries(value: Decoder): Decoder {
  return (input, depth) =>
    Object.fromEntries(blocks(input, () => [input.text(), value(input, depth)] as const));
}

function union(branches: readonly Decoder[]): Decoder {
  return guarded((input, depth) => {
    const branch = branches[input.size()];
    if (branch === undefined) throw new AvroError("a union has no such branch");
    return branch(input, depth);
  });
}

function symbol(symbols: readonly string[]): Decoder {
  return (input) => {
    const found = symbols[input.size()];
    if (found === undefined) throw new AvroError("an enum has no such value");
    return found;
  };
}

const PRIMITIVES: Readonly<Record<string, Decoder>> = {
  null: () => null,
  boolean: (input) => input.byte() === 1,
  int: (input) => Number(input.long()),
  long: (input) => input.long(),
  float: (input) => input.view(4).getFloat32(0, true),
  double: (input) => input.view(8).getFloat64(0, true),
  bytes: (input) => input.take(input.size()),
  string: (input) => input.text(),
};

function named(name: string, names: ReadonlyMap<string, Decoder>): Decoder {
  const primitive = Object.hasOwn(PRIMITIVES, name) ? PRIMITIVES[name] : undefined;
  if (primitive !== undefined) return guarded(primitive);
  // A type may be named inside itself, before it is whole.
  return (input, depth) => {
    const found = names.get(simple(name));
    if (found === undefined) throw new AvroError(`the type ${name} is not known`);
    return found(input, depth);
  };
}

/** A name without its namespace. */
function simple(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** Arrays and maps come in blocks; a negative count is followed by the block's size. */
function blocks<T>(input: Input, item: () => T): T[] {
  const items: T[] = [];
  for (;;) {
    let count = input.long();
    if (count === 0n) return items;
    if (count < 0n) {
      count = -count;
      input.long();
    }
    for (let i = 0n; i < count; i++) {
      input.value();
      items.push(item());
    }
  }
}

function asObject(schema: unknown): Readonly<Record<string, unknown>> {
  if (typeof schema !== "object" || schema === null) throw new AvroError("its schema is none");
  return schema as Readonly<Record<string, unknown>>;
}

function asList(schema: unknown): readonly unknown[] {
  if (!Array.isArray(schema)) throw new AvroError("its schema is none");
  return schema;
}
