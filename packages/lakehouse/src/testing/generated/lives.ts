import { id, lit, sql, type SqlFragment } from "@clone-xs/sql";
import fc, { type GeneratorValue } from "fast-check";
import { type Abilities, createText, type Design, drawDesign, isMapped } from "./design.ts";
import type { Version } from "./model.ts";
import { drawRowStep, insert, type Step } from "./row-steps.ts";
import { drawTableStep, type ShapedSubject } from "./table-steps.ts";

/** Runs a statement; rejects with the error that it ends with. */
export type RunSql = (text: string) => Promise<readonly (readonly (string | null)[])[]>;

/** A table and what it was at each of its versions. */
export interface Life {
  readonly name: string;
  readonly kind: "table" | "deep clone" | "shallow clone";
  readonly design: Design;
  /** Directory of the table, as a path. */
  readonly location: string;
  readonly versions: readonly Version[];
  /** What was done, with the version after it. */
  readonly statements: readonly string[];
}

/** What came of a story. */
export interface Story {
  readonly lives: readonly Life[];
  /** Statements that the workspace does not know, each with the reason. */
  readonly refused: readonly string[];
}

interface Living extends Life {
  versions: Version[];
  statements: string[];
  source?: Living;
}

/**
 * Makes a table of a random design and lets random statements happen to it and to clones of it. Fails with the statements so far when
 * one of them does for another reason than that the workspace does not know it.
 */
export async function playStory(
  g: GeneratorValue,
  { run, name, abilities, steps }: { run: RunSql; name: string; abilities: Abilities; steps: number },
): Promise<Story> {
  const world: World = { run, abilities, lives: [], refused: [], keys: 1000 };
  await create(g, world, name);
  for (let i = 0; i < steps && world.lives.length > 0; i++) await happen(g, world, i);
  return world;
}

interface World {
  readonly run: RunSql;
  readonly abilities: Abilities;
  readonly lives: Living[];
  readonly refused: string[];
  keys: number;
}

async function create(g: GeneratorValue, world: World, name: string): Promise<void> {
  const design = drawDesign(g, world.abilities);
  const version = { columns: design.columns, rows: [] };
  await begin(world, { name, kind: "table", design, after: version, text: createText(id(name), design) });
}

async function begin(
  world: World,
  {
    text,
    after,
    ...given
  }: Pick<Living, "name" | "kind" | "design" | "source"> & { text: SqlFragment; after: Version },
): Promise<void> {
  if (!(await attempt(world, text))) return;
  const [detail = []] = await world.run(sql`DESCRIBE DETAIL ${id(given.name)}`.text);
  const location = decodeURIComponent((detail[4] ?? "").replace(/^file:(\/\/)?/u, ""));
  const life: Living = { ...given, location, versions: [], statements: [] };
  world.lives.push(life);
  await record(world, life, { text, after });
}

/** One more thing happens to one of the tables. */
async function happen(g: GeneratorValue, world: World, turn: number): Promise<void> {
  const life = g(() => fc.constantFrom(...world.lives));
  const subject = subjectOf(world, life);
  const kind =
    turn === 0 ? "insert" : g(fc.constantFrom, "rows", "rows", "rows", "rows", "table", "table", "clone");
  if (kind === "clone") return clone(g, world, life);
  const step =
    kind === "insert"
      ? insert(g, subject)
      : kind === "rows"
        ? drawRowStep(g, subject)
        : drawTableStep(g, subject);
  if (step === undefined) return;
  if (await attempt(world, step.text, life)) await record(world, life, step);
}

function subjectOf(world: World, life: Living): ShapedSubject {
  const { design, versions } = life;
  const mapped = isMapped(design.properties);
  return {
    table: id(life.name),
    now: latest(life),
    partitionKeys: new Set(design.partitionedBy.map(({ key }) => key)),
    mapped,
    clustered: design.clusteredBy.length > 0,
    nestedToo: !mapped || world.abilities.mappedNested,
    versions,
    freshKey: () => ++world.keys,
  };
}

/** A new clone of some version, or a deep one brought up to date. */
async function clone(g: GeneratorValue, world: World, life: Living): Promise<void> {
  const version = g(fc.nat, life.versions.length - 1);
  const after = life.versions[version];
  if (after === undefined) return;
  const from = sql`${id(life.name)} VERSION AS OF ${lit(version)}`;
  const target = world.lives.find((other) => other.source === life && other.kind === "deep clone");
  if (target !== undefined && g(fc.boolean)) {
    const text = sql`CREATE OR REPLACE TABLE ${id(target.name)} DEEP CLONE ${from}`;
    if (await attempt(world, text, target)) await record(world, target, { text, after });
    return;
  }
  if (world.lives.length > 3) return;
  const shallow = life.kind !== "shallow clone" && g(fc.boolean);
  const name = `${world.lives[0]?.name}_c${world.lives.length}`;
  const text = shallow
    ? sql`CREATE TABLE ${id(name)} SHALLOW CLONE ${from}`
    : sql`CREATE TABLE ${id(name)} DEEP CLONE ${from}`;
  const kind = shallow ? "shallow clone" : "deep clone";
  await begin(world, { name, kind, design: life.design, source: life, text, after });
}

/** Whether the statement was carried out; those that the workspace does not know are put down. */
async function attempt(world: World, { text }: SqlFragment, life?: Living): Promise<boolean> {
  try {
    await world.run(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!message.includes("not supported by the embedded workspace")) {
      const before = [...(life?.source?.statements ?? []), ...(life?.statements ?? [])];
      throw new Error([message, "after", ...before, `came: ${text}`].join("\n"), { cause: error });
    }
    world.refused.push(message);
    return false;
  }
}

/** A statement may make no version, one or two: what it is after the last it is from the first on. */
async function record(world: World, life: Living, { text, after }: Step): Promise<void> {
  const [[newest = "0"] = []] = await world.run(
    sql`SELECT max(version) FROM (DESCRIBE HISTORY ${id(life.name)})`.text,
  );
  while (life.versions.length <= Number(newest)) life.versions.push(after);
  life.statements.push(`${text.text}; -- ${newest}`);
}

function latest(life: Living): Version {
  return life.versions.at(-1) ?? { columns: [], rows: [] };
}
