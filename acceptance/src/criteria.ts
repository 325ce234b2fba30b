import type { Criterion } from "./criterion.ts";
import { feature1Criteria } from "./feature-1-formats/criteria.ts";
import { feature2Criteria } from "./feature-2-selective/criteria.ts";
import { evidenceCriteria } from "./evidence/criteria.ts";
import { feature3Criteria } from "./feature-3-quiesce/criteria.ts";
import { feature4Criteria } from "./feature-4-estimate/criteria.ts";
import { kitchenSinkCriteria } from "./kitchen-sink/criteria.ts";
import { notYet } from "./not-yet.ts";

/** Every criterion of the runbook, in the runbook's order. */
export const criteria: readonly Criterion[] = [
  ...feature1Criteria,
  ...feature2Criteria,
  ...feature3Criteria,
  ...feature4Criteria,
  ...kitchenSinkCriteria,
  ...evidenceCriteria,
  ...notYet,
].sort((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
