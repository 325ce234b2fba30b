import { Killed } from "./killed.ts";
import { between } from "./random.ts";

/**
 * One seeded scheduler for everything that happens outside the engine. Whatever a process asks of its ports waits here for its turn;
 * when nothing inside the engine can go on any more, the seed says which one is carried out next, alone and to its end. Time is virtual:
 * it moves a little with every turn, and jumps when everybody sleeps. The same seed gives the same order, on any machine.
 */
export interface Scheduler {
  now(): number;
  /** A process that asks for turns, until it has ended or is killed. */
  process(): Process;
  /** Gives turns until every promise that was handed in has settled or its process is dead. */
  drive(mains: readonly { readonly process: Process; readonly main: Promise<unknown> }[]): Promise<void>;
}

export interface Process {
  readonly pid: number;
  /** Whether a process of this scheduler, or of one before it, goes on. */
  readonly isAlive: (pid: number) => boolean;
  readonly dead: () => boolean;
  /** Carries `work` out when its turn comes. Never settles when the process dies before. */
  turn<T>(work: () => Promise<T>, options?: TurnOptions): Promise<T>;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Does something now and then, until the result is called. */
  every(milliseconds: number, work: () => void): () => void;
  /** The end: nothing that it asked for is answered any more; what `lands` says may still be carried out. Throws {@link Killed}. */
  kill(): never;
}

export interface TurnOptions {
  /** Sent to another machine before the death: it may still be carried out there. */
  readonly lands?: boolean;
}

interface Task {
  readonly owner: object;
  readonly lands: boolean;
  readonly work: () => Promise<unknown>;
  readonly answer: (outcome: () => void) => void;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

interface Sleeper {
  readonly owner: object;
  readonly until: number;
  readonly wake: () => void;
}

export interface SchedulerOptions {
  readonly random: () => number;
  readonly clock: { time: number };
  /** Called before every turn: others act on the world. */
  readonly beforeTurn: () => Promise<void>;
}

/** Ids of processes are never used again. */
let processes = 0;

export function openScheduler({ random, clock, beforeTurn }: SchedulerOptions): Scheduler {
  const tasks: Task[] = [];
  const sleepers: Sleeper[] = [];
  const dead = new Set<object>();
  const living = new Set<number>();

  const take = <T>(from: T[], at: number): T | undefined => from.splice(at, 1)[0];
  const isAlive = ({ owner }: { readonly owner: object }) => !dead.has(owner);

  async function carryOut(task: Task): Promise<void> {
    try {
      const value = await task.work();
      task.answer(() => task.resolve(value as never));
    } catch (error) {
      task.answer(() => task.reject(error));
    }
  }

  function wakeFirst(): void {
    const first = sleepers.filter(isAlive).toSorted((a, b) => a.until - b.until)[0];
    if (first === undefined) return;
    sleepers.splice(sleepers.indexOf(first), 1);
    clock.time = Math.max(clock.time, first.until);
    first.wake();
  }

  /** Sleepers have a chance too while there is work: a pause is over when it is over. */
  async function oneTurn(): Promise<void> {
    clock.time += 1;
    const due = sleepers.some((sleeper) => isAlive(sleeper) && sleeper.until <= clock.time);
    if (tasks.length === 0 || due) return wakeFirst();
    await beforeTurn();
    const task = take(tasks, between(random, 0, tasks.length - 1));
    if (task !== undefined) await carryOut(task);
  }

  function bury(owner: object): void {
    dead.add(owner);
    const left = tasks.filter((task) => task.owner !== owner || (task.lands && random() < 0.5));
    tasks.splice(0, tasks.length, ...left);
  }

  return {
    now: () => clock.time,
    process() {
      const owner = {};
      const pid = (processes += 1);
      living.add(pid);
      const answer = (outcome: () => void) => {
        if (!dead.has(owner)) outcome();
      };
      return {
        pid,
        isAlive: (other) => living.has(other),
        dead: () => dead.has(owner),
        turn: (work, { lands = false } = {}) =>
          new Promise((resolve, reject) => {
            if (!dead.has(owner)) tasks.push({ owner, lands, work, answer, resolve, reject });
          }),
        sleep: (milliseconds, signal) =>
          new Promise((resolve) => {
            const wake = () => {
              signal?.removeEventListener("abort", hurry);
              answer(resolve);
            };
            const sleeper = { owner, until: clock.time + Math.ceil(milliseconds), wake };
            const hurry = () => Object.assign(sleeper, { until: clock.time });
            signal?.addEventListener("abort", hurry, { once: true });
            if (!dead.has(owner)) sleepers.push(sleeper);
          }),
        every(milliseconds, work) {
          const again = (): Sleeper => ({ owner, until: clock.time + Math.ceil(milliseconds), wake });
          let next = again();
          function wake(): void {
            next = again();
            sleepers.push(next);
            answer(work);
          }
          sleepers.push(next);
          return () => {
            if (sleepers.includes(next)) sleepers.splice(sleepers.indexOf(next), 1);
          };
        },
        kill() {
          living.delete(pid);
          bury(owner);
          throw new Killed();
        },
      };
    },
    async drive(mains) {
      const open = new Set(mains);
      for (const each of mains) {
        const ended = () => {
          living.delete(each.process.pid);
          open.delete(each);
        };
        void each.main.then(ended, ended);
      }
      for (;;) {
        await quiet();
        if ([...open].every(({ process }) => process.dead())) break;
        await oneTurn();
      }
      // What a dead process had sent lands before anybody looks.
      while (tasks.length > 0) await oneTurn();
    },
  };
}

/** Everything inside the engine that can go on has gone on: it waits for turns alone. */
async function quiet(): Promise<void> {
  for (let rounds = 0; rounds < 3; rounds += 1) await new Promise((resolve) => setImmediate(resolve));
}
