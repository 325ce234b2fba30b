import type { Criterion } from "./criterion.ts";
import { evidenceCriteria } from "./evidence/criteria.ts";
import { feature1Criteria } from "./feature-1-formats/criteria.ts";
import { feature2Criteria } from "./feature-2-selective/criteria.ts";
import { feature3Criteria } from "./feature-3-quiesce/criteria.ts";
import { feature4Criteria } from "./feature-4-estimate/criteria.ts";
import { feature5Criteria } from "./feature-5-fanout/criteria.ts";
import { feature6Criteria } from "./feature-6-streams/criteria.ts";
import { kitchenSinkCriteria } from "./kitchen-sink/criteria.ts";
import { soakCriteria } from "./soak/soak.ts";
import { suiteCriteria } from "./suite/criteria.ts";

/** Every criterion of the runbook, in the runbook's order. */
export const criteria: readonly Criterion[] = [
  ...suiteCriteria,
  ...feature1Criteria,
  ...feature2Criteria,
  ...feature3Criteria,
  ...feature4Criteria,
  ...feature5Criteria,
  ...feature6Criteria,
  ...soakCriteria,
  ...kitchenSinkCriteria,
  ...evidenceCriteria,
].sort((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
