import type { RangeCell } from "./table.ts";

/**
 * Columns of range tables: the same arithmetic on BIGINT in SQL and here, so that the rows are known without asking the engine.
 * `scatter` is a linear congruential step, its low bits dropped because they repeat early.
 */
const MULTIPLIER = 1103515245n;
const MODULUS = 2147483648n;

interface Number64 {
  readonly sql: string;
  readonly of: (id: bigint) => bigint;
}

/** A number from 0 to below `n` that jumps about as `id` grows; `salt` makes columns independent. */
export function scatter(n: number, salt: number): Number64 {
  return {
    sql: `((((id + ${salt}) * ${MULTIPLIER} + 12345) % ${MODULUS}) DIV 1024) % ${n}`,
    of: (id) => ((((id + BigInt(salt)) * MULTIPLIER + 12345n) % MODULUS) / 1024n) % BigInt(n),
  };
}

/** `id DIV step + offset` */
export function counting(step = 1, offset = 0): Number64 {
  return { sql: `id DIV ${step} + ${offset}`, of: (id) => id / BigInt(step) + BigInt(offset) };
}

export function integer(number: Number64, plus = 0): RangeCell {
  return { sql: `${number.sql} + ${plus}`, of: (id) => String(number.of(id) + BigInt(plus)) };
}

/** `number` hundredths, as DECIMAL(10,2). */
export function money(number: Number64, plus = 0): RangeCell {
  return {
    sql: `CAST((${number.sql} + ${plus}) * 0.01 AS DECIMAL(10,2))`,
    of: (id) => {
      const cents = number.of(id) + BigInt(plus);
      return `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
    },
  };
}

/** The day that lies `number` days after `first`. */
export function day(number: Number64, first: string): RangeCell {
  return {
    sql: `date_add(DATE'${first}', CAST(${number.sql} AS INT))`,
    of: (id) =>
      new Date(Date.parse(`${first}T00:00:00Z`) + Number(number.of(id)) * 86_400_000)
        .toISOString()
        .slice(0, 10),
  };
}

/** The second that lies `number` seconds after midnight UTC of `first`; `YYYY-MM-DD HH:MM:SS` in UTC. */
export function moment(number: Number64, first: string): RangeCell {
  const start = Date.parse(`${first}T00:00:00Z`) / 1000;
  return {
    sql: `timestamp_seconds(${start} + ${number.sql})`,
    of: (id) => new Date((start + Number(number.of(id))) * 1000).toISOString().slice(0, 19).replace("T", " "),
  };
}

/** One of some words; words hold no quote or backslash. */
export function word(number: Number64, words: readonly string[]): RangeCell {
  return {
    sql: `element_at(array(${words.map((text) => `'${text}'`).join(", ")}), CAST(${number.sql} + 1 AS INT))`,
    of: (id) => words[Number(number.of(id))] ?? null,
  };
}

/** A constant before the number: `user-17`. */
export function labelled(prefix: string, number: Number64): RangeCell {
  return {
    sql: `concat('${prefix}', CAST(${number.sql} AS STRING))`,
    of: (id) => `${prefix}${number.of(id)}`,
  };
}

/** The cell, or NULL where `number` is 0. */
export function sometimes(number: Number64, cell: RangeCell): RangeCell {
  return {
    sql: `CASE WHEN ${number.sql} = 0 THEN NULL ELSE ${cell.sql} END`,
    of: (id) => (number.of(id) === 0n ? null : cell.of(id)),
  };
}
