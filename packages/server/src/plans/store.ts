import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlanCheckResult } from "../contract/index.ts";
import { type DatabaseLayout, durably, openDatabase } from "../runs/database.ts";
import type { PlanFacts } from "./facts.ts";

/** A plan that is kept, without its document. Times are epoch milliseconds. */
export interface StoredPlan {
  readonly id: string;
  readonly name: string;
  readonly origin: "made" | "opened";
  readonly facts: PlanFacts;
  readonly keptBy: string;
  readonly keptAt: number;
  /** The last look at both ends. */
  readonly check: PlanCheckResult | null;
  readonly runId: string | null;
  readonly appliedBy: string | null;
}

export interface StoredReview {
  readonly verdict: "approved" | "rejected";
  readonly note: string;
  readonly by: string;
  readonly at: number;
}

/** The durable memory of plans: a row for each, and its document as a file beside. */
export interface PlanStore {
  insert(plan: Omit<StoredPlan, "check" | "runId" | "appliedBy">, document: string): void;
  get(id: string): StoredPlan | undefined;
  /** The text of its document, as `clxs apply` reads it. */
  document(id: string): string;
  /** Newest first; `before`: those that were kept before that one. */
  list(page: { readonly limit: number; readonly before?: string }): readonly StoredPlan[];
  noteCheck(id: string, check: PlanCheckResult): void;
  review(id: string, review: StoredReview): void;
  /** In order. */
  reviews(id: string): readonly StoredReview[];
  /** Notes that a run carries it out. One transaction: `false` when it is not as it was when `before` was read. */
  apply(
    id: string,
    run: { readonly id: string; readonly by: string; readonly before: string | null },
  ): boolean;
  /** `false`: there is none of that id. */
  remove(id: string): boolean;
  close(): void;
}

const LAYOUT: DatabaseLayout = {
  file: "plans.db",
  versions: [
    `CREATE TABLE plans (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      origin TEXT NOT NULL,
      facts TEXT NOT NULL,
      kept_by TEXT NOT NULL,
      kept_at INTEGER NOT NULL,
      check_result TEXT,
      run_id TEXT,
      applied_by TEXT
    );
    CREATE INDEX plans_by_time ON plans (kept_at DESC, id DESC);
    CREATE TABLE reviews (
      plan_id TEXT NOT NULL,
      seq INTEGER NOT NULL,
      verdict TEXT NOT NULL,
      note TEXT NOT NULL,
      reviewer TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (plan_id, seq)
    ) WITHOUT ROWID;`,
  ],
};

/** Opens the plans of a home directory. */
export function openPlanStore(home: string): PlanStore {
  const database = openDatabase(home, LAYOUT);
  const directory = join(home, "plans");
  const fileOf = (id: string) => join(directory, `${id}.json`);
  const prepared = {
    insert: database.prepare(
      "INSERT INTO plans (id, name, origin, facts, kept_by, kept_at) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    get: database.prepare("SELECT * FROM plans WHERE id = ?"),
    list: database.prepare(
      "SELECT * FROM plans WHERE ?1 IS NULL OR (kept_at, id) < (SELECT kept_at, id FROM plans WHERE id = ?1) ORDER BY kept_at DESC, id DESC LIMIT ?2",
    ),
    check: database.prepare("UPDATE plans SET check_result = ? WHERE id = ?"),
    apply: database.prepare(
      "UPDATE plans SET run_id = ?, applied_by = ? WHERE id = ? AND run_id IS ? RETURNING id",
    ),
    remove: database.prepare("DELETE FROM plans WHERE id = ? RETURNING id"),
    review: database.prepare(
      "INSERT INTO reviews SELECT ?1, coalesce(max(seq), 0) + 1, ?2, ?3, ?4, ?5 FROM reviews WHERE plan_id = ?1",
    ),
    reviews: database.prepare(
      'SELECT verdict, note, reviewer AS "by", at FROM reviews WHERE plan_id = ? ORDER BY seq',
    ),
    forget: database.prepare("DELETE FROM reviews WHERE plan_id = ?"),
  };
  return {
    insert({ id, name, origin, facts, keptBy, keptAt }, document) {
      // The file first: a row without one would be a plan that cannot be read.
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const aside = `${fileOf(id)}.part`;
      writeFileSync(aside, document, { mode: 0o600, flush: true });
      renameSync(aside, fileOf(id));
      durably(database, () => prepared.insert.run(id, name, origin, JSON.stringify(facts), keptBy, keptAt));
    },
    get: (id) => (prepared.get.all(id) as PlanRow[]).map(toPlan)[0],
    document: (id) => readFileSync(fileOf(id), "utf8"),
    list: ({ limit, before }) => (prepared.list.all(before ?? null, limit) as PlanRow[]).map(toPlan),
    noteCheck: (id, check) => void prepared.check.run(JSON.stringify(check), id),
    review: (id, { verdict, note, by, at }) =>
      durably(database, () => void prepared.review.run(id, verdict, note, by, at)),
    reviews: (id) => prepared.reviews.all(id) as StoredReview[],
    apply: (id, run) =>
      durably(database, () => prepared.apply.all(run.id, run.by, id, run.before).length > 0),
    remove(id) {
      const removed = durably(database, () => {
        prepared.forget.run(id);
        return prepared.remove.all(id).length > 0;
      });
      rmSync(fileOf(id), { force: true });
      return removed;
    },
    close: () => {
      database.close();
    },
  };
}

interface PlanRow {
  readonly id: string;
  readonly name: string;
  readonly origin: "made" | "opened";
  readonly facts: string;
  readonly kept_by: string;
  readonly kept_at: number;
  readonly check_result: string | null;
  readonly run_id: string | null;
  readonly applied_by: string | null;
}

function toPlan(row: PlanRow): StoredPlan {
  return {
    id: row.id,
    name: row.name,
    origin: row.origin,
    facts: JSON.parse(row.facts) as PlanFacts,
    keptBy: row.kept_by,
    keptAt: row.kept_at,
    check: row.check_result === null ? null : (JSON.parse(row.check_result) as PlanCheckResult),
    runId: row.run_id,
    appliedBy: row.applied_by,
  };
}
