import { type ChaosRule, type Fault, type Point, strikes } from "./rule.ts";

/** The faults of a workspace: none until somebody adds a rule. */
export interface Chaos {
  /** Adds a rule and gives its id. */
  add(rule: Pick<ChaosRule, "on" | "fault"> & Partial<ChaosRule>): string;
  /** All rules, with how often each has struck. */
  rules(): readonly ActiveRule[];
  /** Whether there was such a rule. */
  remove(id: string): boolean;
  clear(): void;
}

export interface ActiveRule {
  readonly id: string;
  readonly rule: ChaosRule;
  /** Requests that matched. */
  readonly matched: number;
  /** Requests that were struck. */
  readonly struck: number;
}

/** What strikes one request, in the order of the rules. */
interface Strikes {
  readonly before: readonly Fault[];
  readonly after: readonly Fault[];
}

/** The side of the workspace: asked at every point. */
export interface Striker {
  /** There is no rule at all. */
  readonly quiet: boolean;
  at(point: Point): Strikes;
}

/** Rules are counted where they are asked, so that the same requests in the same order meet the same faults when `random` is the same. */
export function chaosOf({ random }: { readonly random: () => number }): Chaos & Striker {
  const rules = new Map<string, ActiveRule>();
  let ids = 0;

  const struckBy = ({ id, rule, matched, struck }: ActiveRule): boolean => {
    const spent = rule.times !== undefined && struck >= rule.times;
    const hit = !spent && matched >= rule.skip && (rule.probability >= 1 || random() < rule.probability);
    rules.set(id, { id, rule, matched: matched + 1, struck: struck + (hit ? 1 : 0) });
    return hit;
  };

  return {
    add(rule) {
      const id = `rule-${++ids}`;
      const full: ChaosRule = { when: "before", skip: 0, probability: 1, ...rule };
      rules.set(id, { id, rule: full, matched: 0, struck: 0 });
      return id;
    },
    rules: () => [...rules.values()],
    remove: (id) => rules.delete(id),
    clear: () => rules.clear(),
    get quiet() {
      return rules.size === 0;
    },
    at(point) {
      const struck = [...rules.values()]
        .filter(({ rule }) => strikes(rule, point))
        .filter(struckBy)
        .map(({ rule }) => rule);
      return {
        before: struck.filter(({ when }) => when === "before").map(({ fault }) => fault),
        after: struck.filter(({ when }) => when === "after").map(({ fault }) => fault),
      };
    },
  };
}
