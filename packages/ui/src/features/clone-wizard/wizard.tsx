import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { runOf } from "../../api/queries.ts";
import { Button } from "../../components/button.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { useTitle } from "../../components/use-title.ts";
import { RunView } from "../runs/run-view.tsx";
import type { WizardSearch } from "../../app/search.ts";
import { begunBy, type Draft, emptyDraft, fromRequest, problemsOf } from "./draft.ts";
import { keepDraft, keepSubmission, keptDraft, keptSubmission } from "./kept-draft.ts";
import { OptionsStep } from "./options-step.tsx";
import { PreviewStep } from "./preview-step.tsx";
import { Recap } from "./recap.tsx";
import { SourceStep } from "./source-step.tsx";
import { Steps } from "./steps.tsx";

export interface StepProps {
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
}

type Step = 1 | 2 | 3 | 4;

/** Source, options, preview, execute. The step is in the address, so that Back and a reload do what people expect. */
export function Wizard() {
  const search = useSearch({ from: "/clone" });
  const navigate = useNavigate({ from: "/clone" });
  const { draft, change, loading, error } = useDraft(search);
  const step = reachable(search.step ?? 1, draft, search.run);
  useTrueAddress(search, step, draft);
  const heading = useFocusOnChange(step);
  useTitle(step === 1 ? "Clone a catalog" : `Clone ${draft.source} → ${draft.destination}`);
  const [submitted, setSubmitted] = useState(keptSubmission);
  const go = (next: Step, run?: string) => void navigate({ search: addressOf(next, draft, run) });

  if (error !== null) return <ErrorNotice error={error} />;
  if (loading) return <SkeletonRows rows={6} label="Loading the earlier run" />;
  return (
    <div>
      <h1 ref={heading} tabIndex={-1} className="mb-4 text-title font-semibold tracking-tight outline-none">
        Clone a catalog
      </h1>
      <Steps current={step} reachable={(each) => reachable(each, draft, search.run) === each} onChoose={go} />
      {step === 4 ? (
        <RunView
          key={search.run}
          id={search.run ?? ""}
          taken={submitted?.job_id === search.run ? submitted?.message : undefined}
        />
      ) : step === 3 ? (
        <PreviewStep
          draft={draft}
          change={change}
          onBack={() => go(2)}
          onSubmitted={(answer) => {
            keepSubmission(answer);
            setSubmitted(answer);
            go(4, answer.job_id);
          }}
        />
      ) : (
        <WithRecap
          draft={draft}
          footer={
            <>
              {step === 2 && <Button onClick={() => go(1)}>Back</Button>}
              <span id="why-not-on" className="ml-auto text-right text-small text-ink-soft">
                {blockers(draft, step)[0]}
              </span>
              <Button
                look="primary"
                aria-describedby="why-not-on"
                disabled={blockers(draft, step).length > 0}
                onClick={() => go(step === 1 ? 2 : 3)}
              >
                {step === 1 ? "Continue to options" : "Continue to preview"}
              </Button>
            </>
          }
        >
          {step === 1 ? (
            <SourceStep draft={draft} change={change} />
          ) : (
            <OptionsStep draft={draft} change={change} />
          )}
        </WithRecap>
      )}
    </div>
  );
}

function WithRecap({ draft, footer, children }: { draft: Draft; footer: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="min-w-0">
        {children}
        <div className="mt-8 flex items-center gap-2 border-t border-line pt-4">{footer}</div>
      </div>
      <Recap draft={draft} />
    </div>
  );
}

interface DraftInHand extends StepProps {
  /** The run to start out from is not read yet. */
  readonly loading: boolean;
  readonly error: Error | null;
}

/** Starts empty, with what the address says, as the run named there was asked for, or, at a step of its own, as it was left. */
function useDraft(search: WizardSearch): DraftInHand {
  const { from } = search;
  const [draft, change] = useReducer(
    (current: Draft, next: Partial<Draft>) => ({ ...current, ...next }),
    search,
    firstDraft,
  );
  const current = useRef(draft);
  useEffect(() => {
    current.current = draft;
    keepDraft(draft);
  }, [draft]);
  useEffect(() => {
    // Also where the wizard was open already; once its draft holds them, the address keeps the pair at most.
    change(begunOver(search, current.current) ?? {});
  }, [search]);
  const { data: earlier, error } = useQuery({ ...runOf(from ?? ""), enabled: from !== undefined });
  const [begun, begin] = useState<string>();
  useEffect(() => {
    if (earlier === undefined || earlier.job_id === begun) return;
    change(fromRequest(earlier.request as Parameters<typeof fromRequest>[0]));
    begin(earlier.job_id);
  }, [earlier, begun]);
  return { draft, change, loading: from !== undefined && begun !== from, error };
}

function firstDraft(search: WizardSearch): Draft {
  const kept = search.step === undefined || search.from !== undefined ? emptyDraft : keptDraft();
  return begunOver(search, kept) ?? kept;
}

/** What the address begins; nothing where, at a step, it names just the pair of the draft in hand. */
function begunOver(search: WizardSearch, draft: Draft): Draft | undefined {
  const { step, load, target, schemas, objects, source = "", destination = "" } = search;
  const more = [load, target, schemas, objects].some((each) => each !== undefined);
  const same = source === draft.source && destination === draft.destination;
  return step !== undefined && same && !more ? undefined : begunBy(search);
}

/** The address names the step that is shown, also when it could not be the one that was asked for. */
function useTrueAddress(search: WizardSearch, step: Step, draft: Draft): void {
  const navigate = useNavigate({ from: "/clone" });
  const begun = begunOver(search, draft);
  const { source, destination } = begun ?? draft;
  const { from, run } = search;
  const named = useMemo(
    () => addressOf(step, { source, destination }, run),
    [step, source, destination, run],
  );
  const right = begun === undefined && ADDRESSED.every((key) => search[key] === named[key]);
  const wrong = from === undefined && !right;
  useEffect(() => {
    if (wrong) void navigate({ search: named, replace: true });
  }, [wrong, named, navigate]);
}

const ADDRESSED = ["step", "source", "destination", "run"] as const;

/** The first step chooses the pair, the two after it are about the pair, and the last is about a run. */
function addressOf(
  step: Step,
  { source, destination }: Pick<Draft, "source" | "destination">,
  run: string | undefined,
): WizardSearch {
  if (step === 1) return { step };
  if (step === 4) return run === undefined ? { step } : { step, run };
  return { step, source, destination };
}

/** The furthest step up to `wanted` that the draft allows. */
function reachable(wanted: Step, draft: Draft, run: string | undefined): Step {
  if (wanted === 4 && run !== undefined) return 4;
  if (wanted >= 2 && blockers(draft, 1).length > 0) return 1;
  if (wanted >= 3 && blockers(draft, 2).length > 0) return 2;
  return wanted === 4 ? 3 : wanted;
}

const FIELDS: Record<1 | 2, readonly (keyof Draft)[]> = {
  1: ["source", "destination", "targets", "targetsAtOnce", "included", "includeTables", "excludeTables"],
  2: ["maxParallel", "maxWorkers", "properties", "conditions", "asOfTimestamp", "asOfVersion", "schemaOnly"],
};

/** What has to be put right before going on from a step. */
function blockers(draft: Draft, step: 1 | 2): readonly string[] {
  const problems = problemsOf(draft);
  return FIELDS[step].flatMap((field) => problems[field] ?? []);
}

/** After a step has changed, keyboard and screen reader start at its top. */
function useFocusOnChange(step: Step) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current !== step) heading.current?.focus();
    before.current = step;
  }, [step]);
  return heading;
}
