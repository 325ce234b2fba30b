import type { StreamPlan, StreamRecord } from "@clone-xs/clone";
import { tableText } from "./table.ts";
import { counted, firstLine, seconds } from "./words.ts";

/** Streams as a table; ends without a newline. */
export function streamsText(streams: readonly StreamRecord[]): string {
  if (streams.length === 0) return "No streams.";
  return table(
    ["id", "status", "source → destination", "tables", "every", "run", "lag"],
    streams.map((stream) => [
      stream.stream_id,
      stream.status,
      `${stream.source_catalog} → ${stream.destination_catalog}`,
      String(stream.tables.length),
      seconds(stream.trigger_ms / 1000),
      stream.run_id,
      greatestLag(stream),
    ]),
  );
}

/** One stream, with how far each copy is; ends without a newline. */
export function streamText(stream: StreamRecord): string {
  const { stream_id, status, source_catalog, destination_catalog, run_id, run_page_url, error } = stream;
  const progress = Object.entries(stream.progress);
  return [
    `Stream ${stream_id} ${status === "failed" ? "has failed" : `is ${status}`}: ${source_catalog} → ${destination_catalog}, ${counted(stream.tables.length, "table")}, every ${seconds(stream.trigger_ms / 1000)}`,
    `  run        ${run_id}, submitted ${stream.submitted_at}${stream.attempt > 0 ? `, begun anew ${stream.attempt} times` : ""}`,
    ...(run_page_url === null ? [] : [`  page       ${run_page_url}`]),
    ...(error === null ? [] : [`  error      ${firstLine(error)}`]),
    ...(progress.length === 0
      ? [`  tables     ${stream.tables.join(", ")}`]
      : [
          table(
            ["table", "by", "at version", "lag", "error"],
            progress.map(([name, { method, checkpoint, lag_seconds, error: why }]) => [
              name,
              method,
              checkpoint ?? "unknown",
              lag_seconds === null ? "unknown" : seconds(lag_seconds),
              why ?? "",
            ]),
          ),
        ]),
  ].join("\n");
}

/** What a stream would do; ends without a newline. */
export function streamPlanText(plan: StreamPlan): string {
  const { stream_id, source_catalog, destination_catalog, tables, skipped, problems, cost } = plan;
  return [
    `Stream ${stream_id}: ${source_catalog} → ${destination_catalog}, ${counted(tables.length, "table")}, every ${seconds(plan.trigger_ms / 1000)}`,
    table(
      ["table", "by", "keys", "first copy", "why"],
      tables.map(({ table: name, method, keys, first_copy, reason }) => [
        name,
        method,
        keys.join(", "),
        first_copy,
        reason,
      ]),
    ),
    ...skipped.map(({ table: name, reason }) => `  left out   ${name}: ${reason}`),
    `Cost: about ${cost.usd_per_day.toFixed(2)} USD a day (${cost.compute_hours_per_day} h × ${cost.dbu_per_hour.value} DBU/h × ${cost.usd_per_dbu.value} USD/DBU; ${cost.usd_per_dbu.note}). ${cost.note}`,
    ...(problems.length === 0 ? ["Nothing stands in its way."] : ["It cannot be started:"]),
    ...problems.map(({ message }) => `  ${message}`),
  ].join("\n");
}

function greatestLag({ progress }: StreamRecord): string {
  const lags = Object.values(progress).map(({ lag_seconds }) => lag_seconds);
  if (lags.length === 0 || lags.includes(null)) return "unknown";
  return seconds(Math.max(...lags.map((lag) => lag ?? 0)));
}

function table(names: readonly string[], rows: readonly (readonly string[])[]): string {
  return tableText(
    names.map((name) => ({ name, typeText: "STRING", typeName: "STRING" })),
    rows,
  );
}
