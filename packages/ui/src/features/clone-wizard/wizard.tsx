import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useReducer, useRef } from "react";
import { runOf } from "../../api/queries.ts";
import { Button } from "../../components/button.tsx";
import { RunView } from "../runs/run-view.tsx";
import { type Draft, emptyDraft, fromRequest, problemsOf } from "./draft.ts";
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
  const [draft, change] = useDraft(search.from);
  const step = reachable(search.step ?? 1, draft, search.run);
  const heading = useFocusOnChange(step);
  const go = (next: Step, run?: string) =>
    void navigate({ search: { step: next, ...(run === undefined ? {} : { run }) } });

  return (
    <div>
      <h1 ref={heading} tabIndex={-1} className="mb-4 text-title font-semibold tracking-tight outline-none">
        Clone a catalog
      </h1>
      <Steps current={step} reachable={(each) => reachable(each, draft, search.run) === each} onChoose={go} />
      {step === 4 ? (
        <RunView key={search.run} id={search.run ?? ""} />
      ) : step === 3 ? (
        <PreviewStep draft={draft} onBack={() => go(2)} onSubmitted={(run) => go(4, run)} />
      ) : (
        <WithRecap
          draft={draft}
          footer={
            <>
              {step === 2 && <Button onClick={() => go(1)}>Back</Button>}
              <Button
                look="primary"
                className="ml-auto"
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

/** Starts empty, or as the run named in the address was asked for. */
function useDraft(from: string | undefined): [Draft, (change: Partial<Draft>) => void] {
  const [draft, change] = useReducer(
    (current: Draft, next: Partial<Draft>) => ({ ...current, ...next }),
    emptyDraft,
  );
  const earlier = useQuery({ ...runOf(from ?? ""), enabled: from !== undefined }).data;
  useEffect(() => {
    if (earlier !== undefined) change(fromRequest(earlier.request as Parameters<typeof fromRequest>[0]));
  }, [earlier]);
  return [draft, change];
}

/** The furthest step up to `wanted` that the draft allows. */
function reachable(wanted: Step, draft: Draft, run: string | undefined): Step {
  if (wanted === 4 && run !== undefined) return 4;
  if (wanted >= 2 && blockers(draft, 1).length > 0) return 1;
  if (wanted >= 3 && blockers(draft, 2).length > 0) return 2;
  return wanted === 4 ? 3 : wanted;
}

const FIELDS: Record<1 | 2, readonly (keyof Draft)[]> = {
  1: ["source", "destination", "included", "includeTables", "excludeTables"],
  2: ["maxParallel"],
};

function blockers(draft: Draft, step: 1 | 2): string[] {
  return Object.keys(problemsOf(draft)).filter((field) => FIELDS[step].includes(field as keyof Draft));
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
