import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import {
  cancelVerification,
  type Certificate,
  type RunVerification,
  verificationOf,
  verify,
} from "../../api/runs.ts";
import { useOnce } from "../../api/use-once.ts";
import { Bar } from "../../components/bar.tsx";
import { Button } from "../../components/button.tsx";
import { Checkbox, Segments } from "../../components/choices.tsx";
import { Empty } from "../../components/empty.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ago, count, duration } from "../../format.ts";
import { Certificates, type Compared } from "./certificates.tsx";
import type { RunPicture } from "./fold.ts";

/** How the copies of a run compare with their sources: as it was found last, while it is looked for, and how to look again. */
export function VerificationTab({ picture }: { picture: RunPicture }) {
  const id = picture.job_id;
  const { data, error, refetch } = useQuery(verificationOf(id));
  const validated = picture.result?.validation;
  const compared = useMemo(() => comparedIn(data), [data]);
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={4} label="Loading the verification" />;
  if (picture.dry_run) return <Empty>A dry run makes no copies: there is nothing to compare.</Empty>;
  if (!picture.over) return <Empty>Copies can be compared with their sources when the run is over.</Empty>;
  const running = data.state === "running";
  return (
    <div className="space-y-5">
      {running ? <UnderWay id={id} verification={data} /> : <Start id={id} again={data.state !== "none"} />}
      {data.error !== null && (
        <Notice tone="bad" title="The copies could not be compared">
          {data.error}
        </Notice>
      )}
      {data.state === "cancelled" && (
        <Notice tone="warn" title="Comparing was given up before it had ended." />
      )}
      {data.targets.map(
        ({ target, error: why }) =>
          why !== null && (
            <Notice key={target} tone="bad" title={`${target ?? "The target"} could not be compared`}>
              {why}
            </Notice>
          ),
      )}
      {compared.length > 0 ? (
        <Section title="What was found" aside={<Facts verification={data} />}>
          <Certificates compared={compared} />
        </Section>
      ) : (
        validated !== undefined &&
        !running && (
          <Section title="As compared at the end of the run">
            <Certificates
              compared={validated.objects.map((certificate) => ({ target: null, certificate }))}
            />
          </Section>
        )
      )}
    </div>
  );
}

function comparedIn(verification: RunVerification | undefined): readonly Compared[] {
  return (verification?.targets ?? []).flatMap(({ target, verification: found }) =>
    (found?.objects ?? []).map((certificate: Certificate) => ({ target, certificate })),
  );
}

function Facts({ verification: { rows, started_at, completed_at } }: { verification: RunVerification }) {
  if (started_at === null || completed_at === null) return null;
  const seconds = (Date.parse(completed_at) - Date.parse(started_at)) / 1000;
  return (
    <span className="text-small text-ink-soft">
      {rows === "hash" ? "Rows by hash" : "Rows by number"}, {ago(completed_at, Date.now())}, took{" "}
      <span className="figure">{duration(seconds)}</span>
    </span>
  );
}

const ROWS = [
  { value: "hash", label: "Every row, by hash" },
  { value: "count", label: "Number of rows" },
] as const;

function Start({ id, again }: { id: string; again: boolean }) {
  const client = useQueryClient();
  const [rows, setRows] = useState<"hash" | "count">("hash");
  const [content, setContent] = useState(false);
  const [governance, setGovernance] = useState(false);
  const { send, sent, error } = useOnce(verify, async (answer) => {
    client.setQueryData(verificationOf(id).queryKey, answer);
  });
  return (
    <div className="space-y-3 rounded border border-line bg-surface px-3 py-3">
      <p className="max-w-3xl text-ink-soft">
        Compares each object in the run's scope with its copy, at the version that was cloned: rows, columns,
        comments, properties and definitions. Reads {rows === "hash" ? "every row" : "the number of rows"} of
        both; nothing is changed.
      </p>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Segments label="Rows are compared by" value={rows} choices={ROWS} onChange={setRows} />
        <Checkbox label="Tags, grants and owners too" checked={governance} onChange={setGovernance} />
        <Checkbox label="Bytes of files in volumes too" checked={content} onChange={setContent} />
      </div>
      {error !== null && <ErrorNotice error={error} />}
      <Button
        needs="operator"
        look="primary"
        disabled={sent}
        onClick={() => send({ id, rows, content, governance })}
      >
        {sent ? "Beginning…" : again ? "Compare again" : "Compare now"}
      </Button>
    </div>
  );
}

function UnderWay({ id, verification }: { id: string; verification: RunVerification }) {
  const client = useQueryClient();
  const { send, sent, error } = useOnce(cancelVerification, async (answer) => {
    client.setQueryData(verificationOf(id).queryKey, answer);
  });
  const { done, total } = verification;
  return (
    <div className="rounded border border-line bg-surface px-3 py-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="font-medium" aria-live="polite">
          Comparing copies with their sources
        </p>
        <span className="flex items-center gap-3">
          <span className="figure text-ink-soft">
            {total === null ? "Looking at both" : `${count(done)} of ${count(total)} objects`}
          </span>
          <Button needs="operator" look="danger" disabled={sent} onClick={() => send(id)}>
            {sent ? "Giving up…" : "Give up"}
          </Button>
        </span>
      </div>
      <Bar
        label="Objects compared"
        share={total === null || total === 0 ? 0 : Math.round((100 * done) / total)}
      />
      {error !== null && <ErrorNotice error={error} />}
    </div>
  );
}
