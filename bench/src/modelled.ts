import type { RunFiles } from "@clone-xs/clone";
import type { LatencyModel } from "@clone-xs/lakehouse";
import type { Statement, Workspace } from "@clone-xs/unity";
import type { VirtualClock } from "./virtual-clock.ts";

export interface Model {
  readonly latency: LatencyModel;
  /** Statements that run at the same time; the others wait. */
  readonly slots: number;
  /** Milliseconds beside those of the latency. */
  readonly more: (statement: Statement) => number;
}

/**
 * The same workspace under a latency model: calls and statements take as long as it says on a clock that stands still while the work itself
 * is done. What remains is how the calls follow each other, on any machine and whatever else that machine does.
 */
export function modelled(
  workspace: Workspace,
  { latency, slots, more }: Model,
  clock: VirtualClock,
): Workspace {
  const waiting: (() => void)[] = [];
  let running = 0;
  const inSlot = async <T>(work: () => Promise<T>, queued: () => void): Promise<T> => {
    if (running >= slots) {
      queued();
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    await clock.sleep(latency.call);
    return clock.doing(work);
  };
  const slowly = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return (...args: unknown[]) =>
          call(async (): Promise<unknown> => Reflect.apply(member, target, args) as unknown);
      },
    });
  const statements = slowly(workspace.statements);
  return {
    identity: workspace.identity,
    files: workspace.files,
    sharing: slowly(workspace.sharing),
    jobs: slowly(workspace.jobs),
    unity: slowly(workspace.unity),
    statements: {
      async execute(statement, options) {
        await clock.sleep(latency.call);
        const work = async () => {
          const { kind } = statement;
          await clock.sleep((latency.statements[kind] ?? latency.statements.other) + more(statement));
          return clock.doing(() => workspace.statements.execute(statement, options));
        };
        return inSlot(work, () => options?.onHeldUp?.("queued"));
      },
      state: (id) => statements.state(id),
      cancel: (id) => statements.cancel(id),
      recent: (filter) => statements.recent(filter),
    },
    warehouses: () => call(() => workspace.warehouses()),
    close: () => workspace.close(),
  };
}

/** The same files; time stands still while the disk is at work. */
export function untimed(files: RunFiles, clock: VirtualClock): RunFiles {
  const { ledger, journal, documents } = files;
  const still = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return (...args: unknown[]) =>
          clock.doing(async (): Promise<unknown> => Reflect.apply(member, target, args) as unknown);
      },
    });
  return {
    ledger: still(ledger),
    journal: still(journal),
    documents: still(documents),
    targetFiles: async (target) => {
      const own = await clock.doing(() => files.targetFiles(target));
      return { ...own, ledger: still(own.ledger), documents: still(own.documents) };
    },
    close: () => files.close(),
  };
}
