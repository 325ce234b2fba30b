import fc, { type Arbitrary } from "fast-check";

/** As much of JSON Schema 2020-12 as the API's document uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export type Schemas = Readonly<Record<string, JsonSchema>>;

/** Texts on which careless code breaks. */
const HOSTILE = [
  "",
  " ",
  ".",
  "..",
  "a.b",
  "`",
  "'; DROP CATALOG shop; --",
  "__proto__",
  "constructor",
  "\u0000",
  "\ud83d\ude00",
  "%2e%2e%2f",
  "../../etc/passwd",
  "x".repeat(300),
  "-1",
  "null",
  "shop",
] as const;

export const hostileText = (): Arbitrary<string> => fc.oneof(fc.constantFrom(...HOSTILE), fc.string());

/** Values that a schema describes; texts are often hostile ones that it allows. */
export function valueOf(schema: JsonSchema, schemas: Schemas, depth = 0): Arbitrary<unknown> {
  if (schema.$ref !== undefined) return valueOf(schemas[nameOf(schema.$ref)] ?? {}, schemas, depth + 1);
  if (depth > 6) return fc.constant(null);
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices !== undefined) return fc.oneof(...choices.map((each) => valueOf(each, schemas, depth + 1)));
  const [type] = [schema.type ?? "any"].flat();
  switch (type) {
    case "string":
      return textOf(schema);
    case "integer":
      return fc.integer({ min: clamp(schema.minimum ?? -10), max: clamp(schema.maximum ?? 1_000_000) });
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true, min: schema.minimum ?? -10 });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(valueOf(schema.items ?? {}, schemas, depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    case "object":
      return objectOf(schema, schemas, depth);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function textOf({ pattern, minLength = 0, maxLength = 300 }: JsonSchema): Arbitrary<string> {
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength;
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, "u"));
  return fc.oneof(
    fc.constantFrom(...HOSTILE.filter(fits)),
    fc.string({ minLength, maxLength: Math.min(maxLength, 20 + minLength) }),
  );
}

function objectOf(schema: JsonSchema, schemas: Schemas, depth: number): Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const known = Object.fromEntries(
    Object.entries(properties).map(([key, each]) => [key, valueOf(each, schemas, depth + 1)]),
  );
  const object = fc.record(known, { requiredKeys: [...required] as never[] });
  if (typeof additionalProperties !== "object") return object;
  const others = fc.dictionary(hostileText(), valueOf(additionalProperties, schemas, depth + 1), {
    maxKeys: 2,
  });
  return fc.tuple(object, others).map(([own, more]) => ({ ...more, ...own }));
}

/** A value that was nearly right: a key too many, too few, or of another type. */
export function spoilt(value: unknown): Arbitrary<unknown> {
  const anything = fc.jsonValue({ maxDepth: 3 });
  if (typeof value !== "object" || value === null || Array.isArray(value)) return anything;
  const keys = Object.keys(value);
  const other = fc.tuple(keys.length > 0 ? fc.constantFrom(...keys) : fc.constant("x"), anything);
  return fc.oneof(
    anything,
    other.map(([key, wrong]) => ({ ...value, [key]: wrong })),
    other.map(([key]) => Object.fromEntries(Object.entries(value).filter(([each]) => each !== key))),
    hostileText().map((key) => ({ ...value, [`${key}x`]: 1 })),
  );
}

const clamp = (n: number) => Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, n));

function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}
