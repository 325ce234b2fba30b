import type { StatementKind } from "@clone-xs/unity";

/** How long things take at least, in milliseconds, beside the work itself. A statement holds its slot meanwhile, and can be cancelled. */
export interface LatencyModel {
  /** By kind of statement; `other` for those that are not named. */
  readonly statements: Readonly<Partial<Record<StatementKind, number>> & { other: number }>;
  /** Each call of the REST API, also of the port in process. */
  readonly call: number;
  /** The start of a stopped warehouse. */
  readonly warehouseStart: number;
  /** Statements that one cluster runs at the same time; 10 when absent. */
  readonly slotsPerCluster?: number;
  /** How long a change of a share is not seen by its recipients; 0 when absent. */
  readonly shareDelay?: number;
  /** How long a submitted run waits for its compute; 0 when absent. */
  readonly taskStart?: number;
}

/** Nothing takes longer than its work. */
export const noLatency: LatencyModel = { statements: { other: 0 }, call: 0, warehouseStart: 0 };

const DDL = 300;

/** A small serverless warehouse with small tables, rounded: two seconds a clone, a third of one for DDL, little for reads. */
export const realisticLatency: LatencyModel = {
  statements: {
    clone: 2000,
    create: DDL,
    alter: DDL,
    drop: DDL,
    comment: DDL,
    grant: DDL,
    tag: DDL,
    write: 1000,
    history: 50,
    describe: 50,
    select: 50,
    other: DDL,
  },
  call: 50,
  warehouseStart: 4000,
  // A minute on the service, as much shorter as a clone of it is.
  shareDelay: 3000,
  taskStart: 1500,
};

const BRISK = 3;

/** The same proportions at three times the pace, for whoever waits. */
export const briskLatency: LatencyModel = {
  statements: mapped(realisticLatency.statements),
  call: Math.round(realisticLatency.call / BRISK),
  warehouseStart: Math.round(realisticLatency.warehouseStart / BRISK),
  shareDelay: 1000,
  taskStart: 500,
};

function mapped({ other, ...kinds }: LatencyModel["statements"]): LatencyModel["statements"] {
  const shorter = Object.entries(kinds).map(([kind, ms]) => [kind, Math.round(ms / BRISK)] as const);
  return { ...Object.fromEntries(shorter), other: Math.round(other / BRISK) };
}

export function statementLatency({ statements }: LatencyModel, kind: StatementKind): number {
  return statements[kind] ?? statements.other;
}
