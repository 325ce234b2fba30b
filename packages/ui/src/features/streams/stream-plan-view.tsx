import type { StreamPlan } from "@clone-xs/server/contract";
import { Badge } from "../../components/badge.tsx";
import { CodeBlock } from "../../components/code-block.tsx";
import { Figures } from "../../components/figures.tsx";
import { Name } from "../../components/name.tsx";
import { Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { count, duration, plural, usd } from "../../format.ts";
import { METHODS } from "./stream-tables.tsx";

const FIRST: Record<StreamPlan["tables"][number]["first_copy"], string> = {
  create: "first copy is made",
  replace: "takes over a clone that nobody has changed",
  continue: "goes on from its position",
};

/** What a stream would do, table by table, what stands in the way, and what a day of it costs. */
export function StreamPlanView({ plan }: { plan: StreamPlan }) {
  const { tables, skipped, problems, without_change_feed, cost } = plan;
  return (
    <div className="space-y-6">
      {problems.length > 0 && (
        <Notice tone="bad" title={`The stream cannot start: ${plural(problems.length, "problem")}`}>
          <ul>
            {problems.map(({ table, code, message }) => (
              <li key={`${table} ${code} ${message}`}>
                {table !== null && <span className="name text-ink">{table} </span>}
                {message}
                {code === "NO_CHANGE_FEED" && (
                  <span className="text-ink"> Above: “Tables whose changes are not recorded”.</span>
                )}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {without_change_feed.length > 0 && (
        <Section title="Changes that are not recorded">
          <p className="mb-2 text-ink-soft">
            Who owns these tables can have their changes recorded from now on. Tables that are cloned do
            without.
          </p>
          <CodeBlock
            text={without_change_feed.map(({ alter }) => `${alter};`).join("\n")}
            label="the ALTER statements"
          />
        </Section>
      )}
      <Section title="What it costs">
        <Figures
          label="Cost of the stream"
          figures={[
            { name: "A day", value: usd(cost.usd_per_day) },
            { name: "Compute a day", value: `${count(cost.compute_hours_per_day)} h` },
            { name: "Dollars a DBU", value: usd(cost.usd_per_dbu.value), note: cost.usd_per_dbu.from },
            { name: "DBUs an hour", value: count(cost.dbu_per_hour.value), note: cost.dbu_per_hour.from },
          ]}
        />
        <p className="mt-2 text-small text-ink-soft">{cost.note}</p>
      </Section>
      <Section title={`${plural(tables.length, "table")}, every ${duration(plan.trigger_ms / 1000)}`}>
        <ul className="divide-y divide-line rounded border border-line bg-surface">
          {tables.map((table) => (
            <PlannedRow key={table.table} planned={table} />
          ))}
          {skipped.map(({ table, reason }) => (
            <li key={table} className="px-3 py-1.5 text-ink-soft">
              <Name text={table} /> is left out: {reason}
            </li>
          ))}
          {tables.length + skipped.length === 0 && (
            <li className="px-3 py-2.5 text-ink-soft">No table can be kept in sync.</li>
          )}
        </ul>
      </Section>
    </div>
  );
}

function PlannedRow({ planned }: { planned: StreamPlan["tables"][number] }) {
  const { source, target, method, reason, keys, first_copy, source_version } = planned;
  return (
    <li className="grid gap-x-4 gap-y-0.5 px-3 py-1.5 sm:grid-cols-[9.5rem_minmax(0,4fr)_minmax(0,5fr)] sm:items-baseline">
      <span>
        <Badge tone="accent">{METHODS[method]}</Badge>
      </span>
      <span className="min-w-0">
        <Name text={source} />
        <span className="block text-small text-ink-soft">
          to <Name text={target} />
        </span>
      </span>
      <span className="min-w-0 text-small text-ink-soft">
        {keys.length > 0 && (
          <>
            by <span className="name text-ink">{keys.join(", ")}</span>:{" "}
          </>
        )}
        {reason}; {FIRST[first_copy]}, source at v{source_version}
      </span>
    </li>
  );
}
