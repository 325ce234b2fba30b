import type { Shape } from "../../api/api.ts";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { type RunObject, timelineOf } from "../../api/runs.ts";
import { ErrorNotice } from "../../components/notice.tsx";
import { Empty } from "../../components/empty.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { count, duration, plural } from "../../format.ts";
import { within } from "./object-columns.tsx";
import type { RunStage } from "./object-state.tsx";
import { areaOf, placed, type Stretch, ticks } from "./timeline.ts";
import { usePages } from "./use-pages.ts";

const ROW_HEIGHT = 24;
const TICKS = 6;

export interface TimelineTabProps {
  readonly id: string;
  readonly stage: RunStage;
  readonly catalogOf: (target: string | null) => string;
}

/** When each step began and how long it took, one below the other, and how many went on at once. */
export function TimelineTab({ id, stage, catalogOf }: TimelineTabProps) {
  const pages = usePages<Shape<"RunTimeline">, RunObject>((offset) => timelineOf(id, offset), stepsIn);
  const { answer, slots, onSeen } = pages;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: slots.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 16,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onSeen(first, last), [onSeen, first, last]);
  if (pages.error !== null) return <ErrorNotice error={pages.error} retry={pages.retry} />;
  if (answer === undefined) return <SkeletonRows rows={8} label="Loading the timeline" />;
  if (answer.from === null || answer.to === null || answer.total === 0)
    return <Empty>{stage === "live" ? "No step has begun yet." : "No step was begun."}</Empty>;
  const whole = {
    from: Date.parse(answer.from),
    to: Math.max(Date.parse(answer.to), Date.parse(answer.from) + 1),
  };
  const highest = Math.max(1, ...answer.parallel);

  return (
    <div>
      <p className="mb-2 text-small text-ink-soft">
        <span className="figure">{plural(answer.total, "step")}</span> in{" "}
        <span className="figure">{duration((whole.to - whole.from) / 1000)}</span>, at most{" "}
        <span className="figure">{count(Math.ceil(highest))}</span> at the same time.
      </p>
      <div className="overflow-hidden rounded border border-line bg-surface">
        <div className={`${TRACKS} border-b border-line bg-sunken`}>
          <span className="label py-1.5">Step</span>
          <span className="relative h-7 overflow-hidden">
            {ticks(whole, TICKS).map((after) => (
              <span
                key={after}
                className="figure absolute top-1.5 border-l border-line-strong/50 pl-1 text-tiny text-ink-faint"
                style={{ left: `${(100 * after) / (whole.to - whole.from)}%` }}
              >
                {after === 0 ? "0" : duration(after / 1000)}
              </span>
            ))}
          </span>
        </div>
        <Phases phases={answer.phases} whole={whole} />
        <div className={`${TRACKS} border-b border-line`}>
          <span className="py-2 text-small text-ink-soft">At once</span>
          <span className="relative h-9">
            <svg
              viewBox="0 0 100 100"
              preserveAspectRatio="none"
              className="absolute inset-x-0 bottom-0 h-8 w-full text-accent"
              role="img"
              aria-label={`Steps at the same time: at most ${Math.ceil(highest)}`}
            >
              <path d={areaOf(answer.parallel, highest)} fill="currentColor" fillOpacity="0.22" />
            </svg>
          </span>
        </div>
        <div
          ref={scroller}
          role="list"
          aria-label="Steps in the order in which they began"
          tabIndex={0}
          className="max-h-112 overflow-y-auto -outline-offset-2"
        >
          <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index, start }) => (
              <div
                key={index}
                role="listitem"
                aria-setsize={answer.total}
                aria-posinset={index + 1}
                className={`${TRACKS} absolute inset-x-0 top-0 items-center hover:bg-sunken`}
                style={{ height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
              >
                <Bar step={slots[index]?.row} whole={whole} stage={stage} catalogOf={catalogOf} />
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

const TRACKS = "grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3 px-3 sm:grid-cols-[16rem_minmax(0,1fr)]";

const stepsIn = ({ steps }: { steps: readonly RunObject[] }) => steps;

const PHASE_WORDS: Readonly<Record<string, string>> = {
  inspecting: "look",
  planning: "decide",
  executing: "clone",
  validating: "compare",
  summarizing: "sum up",
};

function Phases({ phases, whole }: { phases: readonly { phase: string; at: string }[]; whole: Stretch }) {
  return (
    <div className={`${TRACKS} border-b border-line`}>
      <span className="py-1 text-small text-ink-soft">Phase</span>
      <span className="relative h-7">
        {phases.map(({ phase, at }, index) => {
          const next = phases[index + 1];
          const span = { from: Date.parse(at), to: next === undefined ? whole.to : Date.parse(next.at) };
          const { left, width } = placed(span, whole);
          return (
            <span
              key={index}
              title={`${phase}: ${duration((span.to - span.from) / 1000)}`}
              className="absolute inset-y-1 overflow-hidden border-l border-line-strong/60 bg-sunken pl-1 text-tiny leading-5 whitespace-nowrap text-ink-soft"
              style={{ left: `${left}%`, width: `${width}%` }}
            >
              {width > 5 ? (PHASE_WORDS[phase] ?? phase) : ""}
            </span>
          );
        })}
      </span>
    </div>
  );
}

interface BarProps {
  readonly step: RunObject | undefined;
  readonly whole: Stretch;
  readonly stage: RunStage;
  readonly catalogOf: (target: string | null) => string;
}

function Bar({ step, whole, stage, catalogOf }: BarProps) {
  if (step === undefined) return <span className="h-3 w-1/2 animate-pulse rounded bg-sunken" />;
  const from = Date.parse(step.started_at ?? "");
  const to = step.seconds === null ? whole.to : from + step.seconds * 1000;
  const { left, width } = placed({ from, to }, whole);
  const name = within(catalogOf(step.target), step.object);
  const what = step.operation?.replaceAll("_", " ") ?? step.kind;
  const ended =
    step.seconds === null ? (stage === "live" ? "under way" : "not finished") : duration(step.seconds);
  const late = left + width > 80;
  return (
    <>
      <span className="truncate" title={`${step.object}, ${what}`}>
        {step.target !== null && <span className="mr-1.5 text-tiny text-ink-soft">{step.target}</span>}
        <span className="name">{name}</span>
        <span className="sr-only">
          {`, ${what}, after ${duration((from - whole.from) / 1000)}, ${step.state === "failed" ? "failed, " : ""}`}
        </span>
      </span>
      <span className="relative h-full">
        <span
          className={`absolute inset-y-1.5 rounded-[1px] ${lookOf(step)}`}
          style={{ left: `${left}%`, width: `${width}%` }}
        />
        <span
          className="figure absolute inset-y-0 text-tiny leading-6 whitespace-nowrap text-ink-faint"
          style={
            late ? { right: `${100 - left}%`, paddingRight: 6 } : { left: `${left + width}%`, paddingLeft: 6 }
          }
        >
          {ended}
        </span>
      </span>
    </>
  );
}

function lookOf({ state, kind }: RunObject): string {
  if (state === "failed") return "bg-bad";
  if (state === "started") return "animate-pulse bg-accent";
  return kind === "governance" ? "bg-accent/45" : "bg-accent";
}
