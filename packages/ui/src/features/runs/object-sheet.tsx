import type { RunSummary } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { objectOf, type RunObject } from "../../api/runs.ts";
import { CodeBlock } from "../../components/code-block.tsx";
import { Name } from "../../components/name.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { bytes, clock, count, duration } from "../../format.ts";
import { whereToSet } from "../clone-wizard/control-labels.ts";
import { withoutCode } from "./findings.tsx";
import type { RunPicture } from "./fold.ts";
import { ObjectStateMark, type RunStage } from "./object-state.tsx";

export interface ObjectSheetProps {
  readonly picture: RunPicture;
  readonly stage: RunStage;
  readonly object: string;
  readonly target: string;
  readonly onClose: () => void;
}

/** Everything that the run knows of one object: what was done to it and around it, what was sent, what is missing. */
export function ObjectSheet({ picture, stage, object, target, onClose }: ObjectSheetProps) {
  const { data, error, refetch } = useQuery(objectOf(picture.job_id, object, target));
  const [main, ...around] = mainFirst(data?.objects ?? [], object);
  return (
    <Sheet title={<Name text={object} />} onClose={onClose}>
      {error !== null ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : main === undefined ? (
        <SkeletonRows rows={5} label="Loading the object" />
      ) : (
        <>
          <Facts row={main} stage={stage} />
          <Failure row={main} />
          <Lacks picture={picture} object={object} target={target} />
          {(data?.statements ?? []).length > 0 && (
            <Section title="Statement">
              <div className="space-y-2">
                {data?.statements.map((text, index) => (
                  <CodeBlock key={index} text={text} label="the statement" wrap />
                ))}
                {main.statement_id !== null && (
                  <p className="text-small text-ink-soft">
                    Statement id <span className="name text-ink">{main.statement_id}</span>
                  </p>
                )}
              </div>
            </Section>
          )}
          {around.length > 0 && (
            <Section title="Around it">
              <ul className="divide-y divide-line rounded border border-line bg-surface">
                {around.map((row) => (
                  <Around key={row.step ?? row.object} row={row} object={object} stage={stage} />
                ))}
              </ul>
            </Section>
          )}
        </>
      )}
    </Sheet>
  );
}

/** What was done to the object itself, before what stands around it. */
function mainFirst(rows: readonly RunObject[], object: string): readonly RunObject[] {
  const main = rows.find((row) => row.object === object && row.kind !== "governance") ?? rows[0];
  return main === undefined ? [] : [main, ...rows.filter((row) => row !== main)];
}

function Facts({ row, stage }: { row: RunObject; stage: RunStage }) {
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    ["State", <ObjectStateMark key="state" state={row.state} stage={stage} worded="always" />],
    ["Kind", [row.format, row.kind].filter((text) => text !== null).join(" ")],
    ["Reason", row.reason],
    ["Because", row.detail],
    ["Operation", row.operation?.replaceAll("_", " ")],
    ["Target", row.target],
    ["Source version", row.source_version],
    ["Copy was of version", row.cloned_version],
    ["Began", row.started_at === null ? null : clock(Date.parse(row.started_at))],
    ["Took", row.seconds === null ? null : duration(row.seconds)],
    ["Copied", row.bytes === null ? null : `${bytes(row.bytes)}${filesText(row.files)}`],
  ];
  return (
    <dl className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5">
      {facts.map(([name, value]) =>
        value === null || value === undefined || value === "" ? null : (
          <div key={name} className="contents">
            <dt className="text-small text-ink-soft">{name}</dt>
            <dd className="figure min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function filesText(files: number | null): string {
  return files === null ? "" : ` in ${count(files)} ${files === 1 ? "file" : "files"}`;
}

function Failure({ row: { error, state } }: { row: RunObject }) {
  if (error === null) return null;
  return (
    <Notice tone={state === "failed" ? "bad" : "warn"} title={<span className="name">{error.code}</span>}>
      <p className="whitespace-pre-wrap">{withoutCode(error.message, error.code)}</p>
      {whereToSet(error.message) !== undefined && (
        <p className="mt-1 text-ink">{whereToSet(error.message)}</p>
      )}
    </Notice>
  );
}

/** What of it the target did not get, and how far the source had drifted. */
function Lacks({
  picture: { result },
  object,
  target,
}: Pick<ObjectSheetProps, "picture" | "object" | "target">) {
  const at = result?.per_target?.find(({ target_name }) => target_name === target);
  const residue = (at ?? result)?.residue.filter(isOf(object)) ?? [];
  const drift = result?.drift?.find(({ schema, table }) => object.endsWith(`.${schema}.${table}`));
  return (
    <>
      {drift !== undefined && drift.cloned_version !== null && (
        <p className="text-ink-soft">
          The source had drifted from version <span className="name text-ink">{drift.cloned_version}</span> to{" "}
          <span className="name text-ink">{drift.source_version ?? "one that is not known"}</span> (
          {drift.reason}).
        </p>
      )}
      {residue.length > 0 && (
        <Section title="Not copied">
          <ul className="divide-y divide-line rounded border border-line bg-surface">
            {residue.map(({ object: what, what: part, reason }, index) => (
              <li key={index} className="px-3 py-1.5">
                <span className="font-medium">{part}</span> <Name text={what} />
                <span className="block text-small text-ink-soft wrap-anywhere">{reason}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

/** Residue has names of the source, without its catalog. */
function isOf(object: string) {
  const local = object.slice(object.indexOf(".") + 1);
  return (residue: RunSummary["residue"][number]) =>
    residue.object === local || residue.object.startsWith(`${local}.`);
}

function Around({ row, object, stage }: { row: RunObject; object: string; stage: RunStage }) {
  const part = row.object === object ? "" : row.object.slice(object.length + 1);
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-3 px-3 py-1.5">
      <ObjectStateMark state={row.state} stage={stage} worded="never" />
      <span className="min-w-0">
        {row.operation?.replaceAll("_", " ")} {part !== "" && <Name text={part} />}
        {row.error !== null && (
          <span className="block text-small text-bad wrap-anywhere">
            <span className="name">{row.error.code}</span> {withoutCode(row.error.message, row.error.code)}
          </span>
        )}
      </span>
      <span className="figure text-small text-ink-soft">{row.seconds !== null && duration(row.seconds)}</span>
    </li>
  );
}
