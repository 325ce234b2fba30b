import type { Connection } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { connections } from "../../api/connections.ts";
import { Checkbox, RadioRows } from "../../components/choices.tsx";
import { TextField } from "../../components/field.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { CONTROL_LABELS } from "./control-labels.ts";
import { problemsOf } from "./draft.ts";
import { TargetOptions } from "./target-options.tsx";
import { chosenTargets, nameOf, type TargetDraft, withTarget } from "./targets.ts";
import type { StepProps } from "./wizard.tsx";

/** Which workspaces the copy goes to. */
export function TargetScope({ draft, change }: StepProps) {
  return (
    <Section title="Where to">
      <Checkbox
        label={CONTROL_LABELS.target_workspace}
        note="Over Delta Sharing where the other workspace has a metastore of its own."
        checked={draft.elsewhere}
        onChange={(elsewhere) => change({ elsewhere })}
      />
      {draft.elsewhere && (
        <div className="mt-1 space-y-3">
          <Checkbox
            label={CONTROL_LABELS.target_workspaces}
            note="The source is read and held still once for all. A target that fails holds no other back."
            checked={draft.fanOut}
            onChange={(fanOut) => change({ fanOut })}
          />
          <Targets draft={draft} change={change} />
        </div>
      )}
    </Section>
  );
}

function Targets({ draft, change }: StepProps) {
  const { data, error, refetch } = useQuery(connections);
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={2} label="Loading saved connections" />;
  if (data.length === 0) return <NoConnections />;
  return (
    <>
      {draft.fanOut ? (
        <Several draft={draft} change={change} saved={data} />
      ) : (
        <One draft={draft} change={change} saved={data} />
      )}
      <p className="text-small text-ink-soft">
        Connections are kept under <SettingsLink />.
      </p>
    </>
  );
}

interface ChoosingProps extends StepProps {
  readonly saved: readonly Connection[];
}

function One({ draft, change, saved }: ChoosingProps) {
  const [target] = chosenTargets(draft);
  const connection = saved.find(({ name }) => name === target?.connection);
  return (
    <>
      <RadioRows
        label="Saved connection"
        value={target?.connection ?? ""}
        choices={saved.map((each) => ({ value: each.name, label: each.name, note: placeOf(each) }))}
        onChange={(name) => change(withTarget(draft, name, true))}
      />
      {target !== undefined && (
        <div className="rounded border border-line bg-surface px-3 py-2.5">
          <TargetOptions
            target={target}
            saved={connection}
            inherited={draft.destination}
            onChange={(next) => change({ targets: [next] })}
          />
        </div>
      )}
    </>
  );
}

function Several({ draft, change, saved }: ChoosingProps) {
  const problems = problemsOf(draft);
  const edit = (before: TargetDraft, next: TargetDraft) =>
    change({ targets: draft.targets.map((each) => (each === before ? next : each)) });
  return (
    <>
      <ul
        aria-label="Saved connections"
        className="divide-y divide-line rounded border border-line bg-surface"
      >
        {namesOf(draft, saved).map((name) => {
          const connection = saved.find((each) => each.name === name);
          const targets = draft.targets.filter((target) => target.connection === name);
          return (
            <li key={name} className="px-3 py-1.5">
              <Checkbox
                label={name}
                {...(connection === undefined ? {} : { note: placeOf(connection) })}
                checked={targets.length > 0}
                onChange={(chosen) => change(withTarget(draft, name, chosen))}
              />
              {targets.map((target) => (
                <div key={nameOf(target)} className="mt-1.5 mb-2 pl-6.5">
                  <TargetOptions
                    target={target}
                    saved={connection}
                    inherited={draft.destination}
                    onChange={(next) => edit(target, next)}
                  />
                </div>
              ))}
            </li>
          );
        })}
      </ul>
      <div className="max-w-40">
        <TextField
          label={CONTROL_LABELS.fanout_max_parallel}
          type="number"
          inputMode="numeric"
          min={1}
          className="figure"
          value={Number.isNaN(draft.targetsAtOnce) ? "" : String(draft.targetsAtOnce)}
          error={problems.targetsAtOnce}
          hint="The others wait."
          onChange={(text) => change({ targetsAtOnce: text === "" ? Number.NaN : Number(text) })}
        />
      </div>
    </>
  );
}

/** Saved connections, and what an earlier request names besides. */
function namesOf({ targets }: StepProps["draft"], saved: readonly Connection[]): readonly string[] {
  return [...new Set([...saved.map(({ name }) => name), ...targets.map(({ connection }) => connection)])];
}

function NoConnections() {
  return (
    <p className="rounded border border-dashed border-line-strong/60 px-3 py-6 text-center text-ink-soft">
      No other workspace is known yet. Add one under <SettingsLink />.
    </p>
  );
}

function SettingsLink() {
  return (
    <Link to="/settings" className="font-medium text-accent underline">
      Settings
    </Link>
  );
}

/** Where a connection leads. */
function placeOf({ host, profile, destination_catalog }: Connection): string {
  const place = host ?? `profile ${profile ?? "DEFAULT"}`;
  return destination_catalog === null ? place : `${place}, into ${destination_catalog}`;
}
