import type { RunListItem, RunProgress } from "@clone-xs/server/contract";
import { useEffect, useState } from "react";
import { Bar } from "../../components/bar.tsx";
import { bytes, count, duration } from "../../format.ts";

const PHASES = {
  inspecting: "Looking at both catalogs",
  planning: "Deciding",
  executing: "Cloning",
  validating: "Comparing copies with their sources",
  summarizing: "Summing up",
};

/** How far the run is. What it stands on is said in words too, for those who do not see the bar. */
export function Progress({ run, progress }: { run: RunListItem; progress: RunProgress | undefined }) {
  const total = progress?.objectsTotal ?? 0;
  const done = progress?.objectsDone ?? 0;
  const share = total === 0 ? 0 : Math.round((100 * done) / total);
  const copied = progress?.bytesCopied ?? 0;
  const weight = progress?.bytesTotal ?? 0;
  const figures = [
    ...(total > 0 ? [`${count(done)} of ${count(total)} objects`] : []),
    ...(progress === undefined ? [] : bytesOf(progress)),
  ];
  return (
    <div className="rounded border border-line bg-surface px-3 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="font-medium" aria-live="polite">
          {run.status === "queued"
            ? "Waiting for other runs"
            : run.status === "cancelling"
              ? "Cancelling: stopping what runs"
              : PHASES[progress?.phase ?? "inspecting"]}
        </p>
        <p className="figure text-ink-soft">
          {figures.join(" · ")}
          {progress !== undefined && progress.objectsFailed > 0 && (
            <span className="text-bad"> · {count(progress.objectsFailed)} failed</span>
          )}
          {run.started_at !== null && (
            <>
              {figures.length > 0 && " · "}
              <Elapsed since={run.started_at} />
            </>
          )}
        </p>
      </div>
      <Bar label="Objects done" share={share} />
      {weight > 0 && <Bar label="Bytes copied" share={Math.min(100, Math.round((100 * copied) / weight))} />}
    </div>
  );
}

/** Bytes beside objects: of how many, when that could be told beforehand. */
function bytesOf({ bytesCopied, bytesTotal }: RunProgress): readonly string[] {
  if (bytesTotal !== null && bytesTotal > 0) return [`${bytes(bytesCopied)} of ${bytes(bytesTotal)}`];
  return bytesCopied > 0 ? [bytes(bytesCopied)] : [];
}

function Elapsed({ since }: { since: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return <>{duration(Math.max(0, now - Date.parse(since)) / 1000)}</>;
}
