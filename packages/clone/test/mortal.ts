import { withExecute, type Workspace } from "@clone-xs/unity";
import type { GuardJournal } from "../src/guards/journal.ts";
import type { Ledger } from "../src/ledger/ledger.ts";

export class Killed extends Error {
  override readonly name = "Killed";
}

/** A process that dies right before its effect number `at`, or the first whose name matches. From then on it has no effect any more. */
export interface Mortal {
  readonly workspace: (workspace: Workspace) => Workspace;
  readonly journal: (journal: GuardJournal) => GuardJournal;
  readonly ledger: (ledger: Ledger) => Ledger;
  readonly isDead: () => boolean;
  /** What it would have died at, in order. */
  readonly effects: readonly string[];
}

export function mortal(at: number | RegExp): Mortal {
  const effects: string[] = [];
  let dead = false;
  const alive = () => {
    if (dead) throw new Killed();
  };
  const effect = async <Result>(name: string, act: () => Promise<Result>): Promise<Result> => {
    alive();
    const place = effects.push(name) - 1;
    dead = typeof at === "number" ? place === at : at.test(name);
    alive();
    const result = await act();
    alive();
    return result;
  };
  return {
    effects,
    isDead: () => dead,
    workspace: (workspace) => {
      const execute: Workspace["statements"]["execute"] = async (statement, options) => {
        const act = () => workspace.statements.execute(statement, options);
        if (statement.effect === "write") return effect(statement.text.slice(0, 60), act);
        alive();
        return act();
      };
      return withExecute(workspace, execute);
    },
    journal: (journal) => ({
      put: (record) => effect(`put ${record.kind}`, () => journal.put(record)),
      claim: (record) => effect("claim", () => journal.claim(record)),
      drop: (id) => effect(`drop ${id.split("-", 1)[0]}`, () => journal.drop(id)),
      open: () => journal.open(),
    }),
    ledger: (ledger) => ({
      append: (record) => effect(`ledger ${record.type}`, () => ledger.append(record)),
      close: () => ledger.close(),
    }),
  };
}
