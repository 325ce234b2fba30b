import { type Criterion, expecting, judged } from "../criterion.ts";
import { type Observations, seenBy } from "../observations.ts";
import type { Evidence } from "./script.ts";

export const evidenceCriteria: readonly Criterion[] = [
  {
    id: "4.a",
    line: 164,
    text: "Run summary JSON",
    verify: judged((seen) => {
      const { plain, twoTargets } = seenBy(seen.kitchenSink);
      const wanted = ["mode", "formats", "bytes_copied", "total_drifted_tables", "selective"];
      const missing = [
        ...wanted.filter((key) => plain.run.result?.[key] === undefined),
        ...(Array.isArray(twoTargets.run.result?.["per_target"]) ? [] : ["per_target"]),
      ];
      return expecting(
        `${wanted.join(", ")}; per_target of a fan-out`,
        missing.length === 0 ? "all of them" : `without ${missing.join(", ")}`,
        missing.length === 0,
      );
    }),
  },
  {
    id: "4.b",
    line: 165,
    text: "edp_dev.logging.logging_01",
    verify: judged(({ evidence }) => {
      const { runs, fanoutRuns } = seenBy(evidence);
      const [row] = runs;
      const told = `${runs.length} row(s): status ${row?.["status"]}, ${row?.["duration_seconds"]} s, ${row?.["total_errors"]} errors; ${fanoutRuns.length} of the fan-out to two targets`;
      const whole = runs.length === 1 && row?.["status"] === "success" && Number(row["duration_seconds"]) > 0;
      return expecting(
        "1 row: status, duration, error; 2 of the fan-out to two targets",
        told,
        whole && row["total_errors"] === "0" && fanoutRuns.length === 2,
      );
    }),
  },
  {
    id: "4.c",
    line: 166,
    text: "edp_dev.metrics.clone_metrics",
    verify: judged(({ evidence }) => {
      const { metrics, clonedTables, bytesCopied } = seenBy(evidence);
      const bytes = metrics.reduce((sum, row) => sum + Number(row["copied_files_size"]), 0);
      const files = metrics.every((row) => row["num_copied_files"] !== null);
      return expecting(
        `${clonedTables} rows, ${bytesCopied} bytes in copied_files_size`,
        `${metrics.length} rows, ${bytes} bytes in copied_files_size`,
        metrics.length === clonedTables && clonedTables > 0 && bytes === bytesCopied && files,
      );
    }),
  },
  {
    id: "4.e",
    line: 168,
    text: "Application logs",
    verify: judged((seen) => {
      const lines = logsOf(seen);
      const wanted = [
        /Quiesce: revoked/u,
        /Reusing existing Delta Share/u,
        /Schema \w+ in sync — 0 drifted tables/u,
      ];
      const missing = wanted.filter((words) => !lines.some((line) => words.test(line)));
      return expecting(
        "Quiesce: revoked; Reusing existing Delta Share; Schema X in sync — 0 drifted tables",
        missing.length === 0 ? "all three" : `without ${missing.map(({ source }) => source).join(", ")}`,
        missing.length === 0,
      );
    }),
  },
  {
    id: "4.f",
    line: 169,
    text: "One recipient per target metastore",
    verify: judged(({ evidence }) => {
      const { recipients, routes } = seenBy(evidence);
      const metastores = new Set(routes.map(({ metastore }) => metastore)).size;
      const names = recipients.map(({ name }) => name ?? "");
      return expecting(
        `${metastores} named clone_xs_recipient_<sha1>`,
        `${names.length}: ${names.join(", ")}`,
        names.length === metastores && names.every((name) => /^clone_xs_recipient_[0-9a-f]{8}$/u.test(name)),
      );
    }),
  },
  {
    id: "4.g",
    line: 170,
    text: "One share per (source, dest, target_metastore) tuple",
    verify: judged(({ evidence }) => {
      const { shares, routes } = seenBy(evidence);
      const tuples = tuplesOf(routes);
      return expecting(
        `${tuples} for ${routes.length} runs over a share`,
        `${shares.length}: ${shares.map(({ name }) => name).join(", ")}`,
        shares.length === tuples && tuples > 0,
      );
    }),
  },
];

function tuplesOf(routes: Evidence["routes"]): number {
  return new Set(routes.map(({ destination, metastore }) => `${destination} ${metastore}`)).size;
}

/** Of the runs of section 3 and of Feature 2. */
function logsOf(seen: Observations): readonly string[] {
  const { plain, oneTarget, twoTargets } = seenBy(seen.kitchenSink);
  const { logs } = seenBy(seen.feature2).selective;
  return [plain, oneTarget, twoTargets].flatMap(({ run }) => run.logs).concat(logs.split("\n"));
}
