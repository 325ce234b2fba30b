import { type Criterion, expecting, judged, unverified } from "../criterion.ts";
import type { Run } from "../harness/api.ts";
import type { PageRead } from "../harness/browser.ts";
import { seenBy } from "../observations.ts";
import type { Feature5 } from "./script.ts";

const SUBMITTED = "Multi-target fanout clone job submitted (2 targets, max_parallel=5)";

export const feature5Criteria: readonly Criterion[] = [
  {
    id: "2.5.a",
    line: 100,
    text: "Multi-target fanout clone job submitted (N targets, max_parallel=5)",
    verify: judged(({ feature5 }) => expecting(SUBMITTED, seenBy(feature5).whole.message.trim())),
  },
  {
    id: "2.5.b",
    line: 100,
    text: "Step 4 result card shows per-target rollup rows",
    verify: judged(({ feature5 }) => {
      const { pages, whole } = seenBy(feature5);
      if (pages === undefined) return unverified("there is no browser");
      const missing = targetsOf(whole.run).filter(
        ({ name, host }) => !showsRow(pages.whole, [name, host, "✓"]),
      );
      const broken =
        showsRow(pages.broken, ["broken", "✗"]) && showsRow(pages.broken, ["target-in-order", "✓"]);
      return expecting(
        "a row for each target with ✓ and host; ✗ for the broken one",
        `${missing.length} rows missing; ✗ and ✓ ${broken ? "shown" : "not shown"} for the broken fan-out`,
        missing.length === 0 && broken && targetsOf(whole.run).length === 2,
      );
    }),
  },
  {
    id: "2.5.c",
    line: 101,
    text: "Aggregate badge shows SUCCESS / PARTIAL / FAILED",
    verify: judged(({ feature5 }) => {
      const { pages } = seenBy(feature5);
      if (pages === undefined) return unverified("there is no browser");
      const badge = ({ badges }: PageRead) =>
        badges.find((text) => /^(?:SUCCESS|PARTIAL|FAILED)$/u.test(text)) ?? "none";
      return expecting(
        "SUCCESS, PARTIAL, FAILED",
        [pages.whole, pages.broken, pages.hopeless].map(badge).join(", "),
      );
    }),
  },
  {
    id: "2.5.d",
    line: 103,
    text: 'mode: "fanout",target_count: 2',
    verify: judged(({ feature5 }) => {
      const { whole, twice } = seenBy(feature5);
      const facts = ({ run }: { readonly run: Run }) => {
        const { mode, target_count: count } = resultOf(run);
        return `${String(mode)} ${String(count)}`;
      };
      return expecting("fanout 2, fanout 2", `${facts(whole)}, ${facts(twice)}`);
    }),
  },
  {
    id: "2.5.e",
    line: 103,
    text: "succeeded_targets/failed_targetsadd up",
    verify: judged(({ feature5 }) => {
      const { whole, twice, broken, hopeless } = seenBy(feature5);
      const seen = [whole, twice, broken, hopeless].map(({ run }) => countsOf(run));
      return expecting("2+0, 2+0, 1+1, 0+2", seen.join(", "));
    }),
  },
  {
    id: "2.5.f",
    line: 105,
    text: "Aggregate goes",
    verify: judged(({ feature5 }) => {
      const { broken, hopeless } = seenBy(feature5);
      return expecting(
        "partial; failed when every target is broken",
        `${String(resultOf(broken.run)["status"])}; ${String(resultOf(hopeless.run)["status"])} when every target is broken`,
      );
    }),
  },
  {
    id: "2.5.g",
    line: 106,
    text: "Broken target shows ✗ with the SDK error string",
    verify: judged(({ feature5 }) => {
      const { error = "", status } = targetOf(seenBy(feature5), "broken");
      return expecting(
        "failed, with the service's own words about warehouse 0000000000000bad",
        `${status}, ${error || "no error"}`,
        status === "failed" && error.includes("0000000000000bad"),
      );
    }),
  },
  {
    id: "2.5.h",
    line: 108,
    text: "target_status: successand real bytes/tables",
    verify: judged(({ feature5 }) => {
      const seen = seenBy(feature5);
      const { status, bytes, tables } = targetOf(seen, "target-in-order");
      const { source, targets } = seen.rows;
      return expecting(
        "success, bytes and tables greater than 0, and every row on both targets",
        `${status}, ${bytes} bytes, ${tables} tables; ${source} rows on the source, ${targets.join(" and ")} on the targets`,
        status === "success" &&
          bytes > 0 &&
          tables > 0 &&
          targets.length === 2 &&
          targets.every((n) => n === source),
      );
    }),
  },
];

interface TargetRow {
  readonly name: string;
  readonly host: string;
  readonly status: string;
  readonly error?: string;
  readonly bytes: number;
  readonly tables: number;
}

/** `per_target` of a run, as contract §3 names its fields. */
function targetsOf(run: Run): readonly TargetRow[] {
  const rows = (resultOf(run)["per_target"] ?? []) as readonly Readonly<Record<string, unknown>>[];
  return rows.map((row) => ({
    name: String(row["target_name"]),
    host: String(row["target_host"]),
    status: String(row["target_status"]),
    ...(typeof row["error"] === "string" ? { error: row["error"] } : {}),
    bytes: Number(row["bytes_copied"]),
    tables: Number((row["tables"] as { readonly success?: number } | undefined)?.success),
  }));
}

function targetOf({ broken }: Feature5, name: string): TargetRow {
  const found = targetsOf(broken.run).find((row) => row.name === name);
  if (found === undefined) throw new Error(`per_target has no ${name}`);
  return found;
}

function countsOf(run: Run): string {
  const { target_count, succeeded_targets: done, failed_targets: failed } = resultOf(run);
  const sum = Number(done) + Number(failed);
  return `${String(done)}+${String(failed)}${sum === target_count ? "" : ` is not ${String(target_count)}`}`;
}

function resultOf({ result, status, error }: Run): Readonly<Record<string, unknown>> {
  if (result === null) throw new Error(`the run ended ${status} without a summary: ${error ?? ""}`);
  return result;
}

/** Whether all the words stand on the page. */
function showsRow({ text }: PageRead, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
