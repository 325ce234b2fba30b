import { type Criterion, expecting, judged, type Verdict } from "../criterion.ts";
import { type Observations, seenBy } from "../observations.ts";
import type { Sink } from "./script.ts";

type Facts = Readonly<Record<string, unknown>>;

export const kitchenSinkCriteria: readonly Criterion[] = [
  {
    id: "3.a",
    line: 158,
    text: 'mode: "selective"andtotal_drifted_tablespopulated',
    verify: everyWay("selective (or fanout of selective runs), total_drifted_tables > 0", ({ run }) =>
      summaries(run.result).every(
        ({ mode, load_type, total_drifted_tables: drifted }) =>
          (mode === "selective" || load_type === "SELECTIVE") && Number(drifted) > 0,
      ),
    ),
  },
  {
    id: "3.b",
    line: 159,
    text: "Quiesce: revokedandQuiesce restore complete",
    verify: everyWay("Quiesce: revoked and one Quiesce restore complete", ({ run: { logs } }) => {
      const having = (words: string) => logs.filter((line) => line.includes(words)).length;
      return having("Quiesce: revoked") > 0 && having("Quiesce restore complete") === 1;
    }),
  },
  {
    id: "3.c",
    line: 159,
    text: "summary.formatspopulated",
    verify: everyWay("at least one format", ({ run }) =>
      [run.result ?? {}, ...summaries(run.result)].every(({ formats }) =>
        Object.values((formats ?? {}) as Record<string, number>).some((count) => count > 0),
      ),
    ),
  },
  {
    id: "3.d",
    line: 159,
    text: "summary.bytes_copied,files_copiedpopulated",
    verify: everyWay("both greater than 0", ({ run }) =>
      [run.result ?? {}, ...summaries(run.result)].every(
        ({ bytes_copied: bytes, files_copied: files }) => Number(bytes) > 0 && Number(files) > 0,
      ),
    ),
  },
  {
    id: "3.e",
    line: 159,
    text: "delta.logRetentionDuration",
    verify: everyWay("30 days on every copy", ({ properties }) =>
      properties.every((found) => found["delta.logRetentionDuration"] === "30 days"),
    ),
  },
  {
    id: "3.f",
    line: 160,
    text: "For a 5-feature kitchen sink",
    verify: judged(({ kitchenSink }) => {
      const { oneTarget, twoTargets } = seenBy(kitchenSink);
      const { share_name: share, recipient_name: recipient } = oneTarget.run.result ?? {};
      const states = [oneTarget, twoTargets].map(({ run }) => String(run.result?.["status"]));
      return expecting(
        "success and success over Delta Sharing: share and recipient are named",
        `${states.join(" and ")}; share ${String(share)}, recipient ${String(recipient)}`,
        states.every((state) => state === "success") &&
          typeof share === "string" &&
          typeof recipient === "string",
      );
    }),
  },
];

/** Plain, with one target, and with two: all three must hold. */
function everyWay(expected: string, holds: (sink: Sink) => boolean) {
  return judged(({ kitchenSink }: Observations): Verdict => {
    const { plain, oneTarget, twoTargets } = seenBy(kitchenSink);
    const ways = { plain, "one target": oneTarget, "two targets": twoTargets };
    const told = Object.entries(ways).map(([way, sink]) => `${way}: ${outcome(sink, holds)}`);
    return expecting(
      `${expected}, each way`,
      told.join("; "),
      told.every((text) => text.endsWith(": yes")),
    );
  });
}

function outcome(sink: Sink, holds: (sink: Sink) => boolean): string {
  const { run } = sink;
  if (run.result === null) return `the run ended ${run.status} without a summary: ${run.error ?? ""}`;
  return holds(sink) ? "yes" : `no (${run.status})`;
}

/** The summary itself, or those of the targets. */
function summaries(result: Facts | null): readonly Facts[] {
  const each = result?.["per_target"];
  return Array.isArray(each) ? (each as readonly Facts[]) : [result ?? {}];
}
