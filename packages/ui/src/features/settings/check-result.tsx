import type { ConnectionCheck } from "@clone-xs/server/contract";
import { Badge } from "../../components/badge.tsx";
import { Tick } from "../../components/tick.tsx";

const NAMES: Record<ConnectionCheck["checks"][number]["check"], string> = {
  connect: "Sign in",
  metastore: "Metastore",
  warehouse: "Warehouse",
};

/** What a test of a connection found: who one is there, and each thing that was tried. */
export function CheckResult({ check }: { check: ConnectionCheck }) {
  return (
    <div role="status" className="rounded border border-line bg-paper px-3 py-2">
      <Badge tone={check.ok ? "good" : "bad"}>{check.ok ? "WORKS" : "DOES NOT WORK"}</Badge>
      <ul className="mt-1.5">
        {check.checks.map(({ check: what, ok, message }) => (
          <li
            key={what}
            className="grid grid-cols-[1rem_minmax(0,1fr)] items-baseline gap-x-2 text-small sm:grid-cols-[1rem_5.5rem_minmax(0,1fr)]"
          >
            <Tick good={ok} word={ok ? "Succeeded" : "Failed"} />
            <span className="text-ink-soft max-sm:sr-only">{NAMES[what]}</span>
            <span className={`wrap-anywhere ${ok ? "" : "text-bad"}`}>{message}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
