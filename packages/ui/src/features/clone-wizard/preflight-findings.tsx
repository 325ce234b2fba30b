import type { Check, CloneRequestWire, Preflight } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { preflightOf } from "../../api/queries.ts";
import { Badge, type Tone } from "../../components/badge.tsx";
import { CodeBlock } from "../../components/code-block.tsx";
import { Name } from "../../components/name.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { plural } from "../../format.ts";
import { whereToSet } from "./control-labels.ts";

const STATES: Record<Check["state"], { readonly word: string; readonly tone: Tone }> = {
  block: { word: "Blocks", tone: "bad" },
  warn: { word: "Warns", tone: "warn" },
  unknown: { word: "Unknown", tone: "neutral" },
  pass: { word: "Passes", tone: "good" },
};
const ORDER = Object.keys(STATES);

/** Whether the run can be expected to succeed, and the rights that are missing, ready to be handed to who may grant them. */
export function PreflightFindings({ request }: { request: CloneRequestWire }) {
  const { data, error, refetch } = useQuery(preflightOf(request));
  return (
    <Section title="Preflight" aside={data !== undefined && <Verdict preflight={data} />}>
      {error !== null ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={2} label="Checking rights and quotas" />
      ) : (
        <Findings preflight={data} />
      )}
    </Section>
  );
}

function Verdict({ preflight: { ok, blocking, warnings } }: { preflight: Preflight }) {
  if (!ok) return <Badge tone="bad">{blocking} BLOCKING</Badge>;
  return warnings > 0 ? (
    <Badge tone="warn">{plural(warnings, "WARNING").toUpperCase()}</Badge>
  ) : (
    <Badge tone="good">READY</Badge>
  );
}

function Findings({ preflight: { checks, grants } }: { preflight: Preflight }) {
  const told = checks
    .filter(({ state }) => state !== "pass")
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  const passed = checks.length - told.length;
  return (
    <div className="space-y-3">
      {told.length > 0 && (
        <ul className="divide-y divide-line rounded border border-line bg-surface">
          {told.map((check, index) => (
            <Finding key={index} check={check} />
          ))}
        </ul>
      )}
      <p className="text-small text-ink-soft">{plural(passed, "check")} passed.</p>
      {grants.length > 0 && <MissingGrants grants={grants} />}
    </div>
  );
}

function Finding({ check: { check, state, object, message } }: { check: Check }) {
  const { word, tone } = STATES[state];
  return (
    <li className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-baseline gap-x-4 gap-y-0.5 px-3 py-1.5 sm:grid-cols-[5.5rem_minmax(0,2fr)_minmax(0,5fr)]">
      <span>
        <Badge tone={tone}>{word}</Badge>
      </span>
      <span className="min-w-0">
        <Name text={object} />
        <span className="ml-2 text-tiny text-ink-faint">{check}</span>
      </span>
      <span className="min-w-0 text-small text-ink-soft wrap-anywhere max-sm:col-start-2">
        {message} <span className="text-ink">{whereToSet(message)}</span>
      </span>
    </li>
  );
}

function MissingGrants({ grants }: { grants: readonly string[] }) {
  const text = grants.map((grant) => `${grant};`).join("\n");
  return (
    <div>
      <p className="mb-1 text-small text-ink-soft">For somebody who may grant what is missing:</p>
      <CodeBlock text={text} label="the missing grants" />
    </div>
  );
}
