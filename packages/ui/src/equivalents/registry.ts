import { cloning, lookingAhead, planning } from "./clone.ts";
import {
  addingConnection,
  changingConnection,
  removingConnection,
  testingConnection,
} from "./connections.ts";
import { describingCatalog, describingObject, describingSchema } from "./explorer.ts";
import { comparing, estimating } from "./looks.ts";
import { addingChannel, changingChannel, removingChannel, testingChannel } from "./notifications.ts";
import {
  applyingPlan,
  checkingPlan,
  deletingPlan,
  downloadingPlan,
  keepingPlan,
  openingPlan,
  reviewingPlan,
} from "./plans.ts";
import { cancelling, keepingPlanOf, resuming, rollingBack, showingRun } from "./runs.ts";
import {
  addingSchedule,
  changingSchedule,
  pausingSchedule,
  removingSchedule,
  resumingSchedule,
  runningSchedule,
} from "./schedules.ts";
import { planningStream, restartingStream, startingStream, stoppingStream } from "./streams.ts";
import { addingToken, removingToken } from "./tokens.ts";

/**
 * Every action of the page by other means. A test carries each one out by each of its means, on a server of its own, and compares what comes
 * of it: a new entry does not compile there before it has its case.
 */
export const REGISTRY = {
  cloning,
  planning,
  lookingAhead,
  estimating,
  comparing,
  describingCatalog,
  describingSchema,
  describingObject,
  showingRun,
  cancelling,
  resuming,
  rollingBack,
  keepingPlanOf,
  keepingPlan,
  openingPlan,
  downloadingPlan,
  checkingPlan,
  reviewingPlan,
  applyingPlan,
  deletingPlan,
  startingStream,
  planningStream,
  stoppingStream,
  restartingStream,
  addingConnection,
  changingConnection,
  removingConnection,
  testingConnection,
  addingSchedule,
  changingSchedule,
  pausingSchedule,
  resumingSchedule,
  runningSchedule,
  removingSchedule,
  addingToken,
  removingToken,
  addingChannel,
  changingChannel,
  testingChannel,
  removingChannel,
} as const;
