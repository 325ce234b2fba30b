import type { KeptPlan } from "@clone-xs/server/contract";
import { Badge, type Tone } from "../../components/badge.tsx";

const STATES: Record<KeptPlan["state"], { readonly label: string; readonly tone: Tone }> = {
  open: { label: "OPEN", tone: "accent" },
  applied: { label: "APPLIED", tone: "neutral" },
  stale: { label: "STALE", tone: "warn" },
  expired: { label: "EXPIRED", tone: "warn" },
};

export function PlanStateBadge({ state }: Pick<KeptPlan, "state">) {
  const { label, tone } = STATES[state];
  return <Badge tone={tone}>{label}</Badge>;
}

const VERDICTS = {
  approved: { label: "APPROVED", tone: "good" },
  rejected: { label: "REJECTED", tone: "bad" },
} as const;

/** The last word of those who looked it through; nothing while nobody has. */
export function VerdictBadge({ review }: Pick<KeptPlan, "review">) {
  if (review === null) return null;
  const { label, tone } = VERDICTS[review.verdict];
  return <Badge tone={tone}>{label}</Badge>;
}
