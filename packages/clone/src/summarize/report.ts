import type { RunSummary } from "./summary.ts";
import { bytes, counted, seconds } from "./words.ts";

export type ReportFormat = "json" | "markdown" | "html";

/** What a file name asks for: its extension tells, and JSON is what scripts read. */
export function formatOf(file: string): ReportFormat {
  if (/\.(?:md|markdown)$/iu.test(file)) return "markdown";
  return /\.html?$/iu.test(file) ? "html" : "json";
}

/** A run's summary as a file to keep or to send; ends with a newline. */
export function reportText(summary: RunSummary, format: ReportFormat): string {
  return reportFile(summary, reportOf(summary), format);
}

/** A document as it is, or as people read it. */
export function reportFile(document: unknown, report: Report, format: ReportFormat): string {
  if (format === "json") return `${JSON.stringify(document, null, 2)}\n`;
  return format === "html" ? html(report) : markdown(report);
}

export interface Report {
  readonly title: string;
  readonly sentence: string;
  readonly sections: readonly Section[];
}

interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function reportOf(summary: RunSummary): Report {
  const { run_id, status, mode, source_catalog, destination_catalog, dry_run } = summary;
  const kinds = (["tables", "views", "functions", "volumes"] as const).map((kind) => {
    const { success, failed, skipped } = summary[kind];
    return [kind, String(success), String(failed), String(skipped)];
  });
  return {
    title: `${source_catalog} → ${destination_catalog}: ${status.toUpperCase()}${dry_run ? " (dry run)" : ""}`,
    sentence: `Run ${run_id}, ${mode}, began ${summary.started_at}, took ${seconds(summary.duration_seconds)}; ${bytes(summary.bytes_copied)} copied in ${counted(summary.files_copied, "file")}.`,
    sections: [
      {
        title: "Targets",
        columns: ["target", "workspace", "destination", "status", "tables", "copied", "took", "error"],
        rows: (summary.per_target ?? []).map((target) => [
          target.target_name,
          target.target_host,
          target.destination_catalog,
          target.target_status,
          String(target.tables.success),
          bytes(target.bytes_copied),
          seconds(target.target_duration_seconds),
          target.error ?? "",
        ]),
      },
      { title: "Objects", columns: ["kind", "done", "failed", "skipped"], rows: kinds },
      {
        title: "Drift",
        columns: ["table", "reason"],
        rows: (summary.drift ?? []).map(({ schema, table, reason }) => [`${schema}.${table}`, reason]),
      },
      {
        title: "Errors",
        columns: ["object", "operation", "code", "message"],
        rows: summary.errors.map(({ object, operation, code, message }) => [
          object,
          operation,
          code,
          message,
        ]),
      },
      {
        title: "Not copied",
        columns: ["object", "what", "reason"],
        rows: summary.residue.map(({ object, what, reason }) => [object, what, reason]),
      },
      {
        title: "Compared with their sources",
        columns: ["object", "kind", "verdict", "why", "rows", "hash"],
        rows: (summary.validation?.objects ?? []).map((certificate) => [
          certificate.object,
          certificate.kind,
          certificate.verdict.replaceAll("_", " "),
          certificate.reason ?? "",
          certificate.source_rows === null ? "" : String(certificate.source_rows),
          certificate.source_hash ?? "",
        ]),
      },
    ].filter(({ rows }) => rows.length > 0),
  };
}

function markdown({ title, sentence, sections }: Report): string {
  const cell = (text: string) =>
    text.replaceAll(/[\\|`*_<>[\]]/gu, (c) => `\\${c}`).replaceAll(/\s*\n\s*/gu, " ");
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  const tables = sections.flatMap(({ title: heading, columns, rows }) => [
    `## ${heading}`,
    [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n"),
  ]);
  return `${[`# ${cell(title)}`, cell(sentence), ...tables].join("\n\n")}\n`;
}

function html({ title, sentence, sections }: Report): string {
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join("")}</tr>`;
  const tables = sections.map(
    ({ title: heading, columns, rows }) =>
      `<h2>${escaped(heading)}</h2>\n<table>\n${[row("th", columns), ...rows.map((cells) => row("td", cells))].join("\n")}\n</table>`,
  );
  return [
    `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style></head>`,
    `<body>\n<h1>${escaped(title)}</h1>\n<p>${escaped(sentence)}</p>`,
    ...tables,
    "</body>\n</html>\n",
  ].join("\n");
}

const STYLE =
  "body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:70rem}table{border-collapse:collapse}th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}";

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/gu, (c) => entities[c] ?? c);
}
