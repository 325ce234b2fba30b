import { CloneError } from "../errors.ts";
import { makeFirstCopies } from "./first-copy.ts";
import { programPath } from "./names.ts";
import type { StreamPlan } from "./plan.ts";
import type { StreamPorts } from "./ports.ts";
import { programOf } from "./program.ts";
import { recordOf, type StreamRecord } from "./record.ts";
import type { StreamRequest } from "./request.ts";
import { isOver, runsOf, submitRun } from "./runs.ts";
import { type Survey, surveyStream, type SurveyPorts } from "./survey.ts";
import { readProgram, shipProgram } from "./task-file.ts";

/** What a stream would do and cost, and what stands in its way. Changes nothing. Throws CATALOG_NOT_FOUND and SCHEMA_NOT_FOUND. */
export async function planStream(request: StreamRequest, ports: SurveyPorts): Promise<StreamPlan> {
  const { plan } = await surveyStream(request, ports);
  return plan;
}

/**
 * Makes the copies that are not there yet and submits the run that keeps them in sync. A stream that runs already is found and given as it is;
 * one that has ended goes on from where its copies are, by a new run. Throws STREAM_REFUSED with each reason, PROTECTED_CATALOG, what
 * {@link planStream} throws, and STREAM_FAILED for a copy that could not be made.
 */
export async function startStream(request: StreamRequest, ports: StreamPorts): Promise<StreamRecord> {
  refuseProtected(request, ports);
  const path = programPath(ports.settings.audit, request.streamId);
  const [newest] = await runsOf(request.streamId, ports);
  if (newest !== undefined && !isOver(newest))
    return recordOf(await readProgram(ports.workspace.files, path), sight(newest));
  const survey = await surveyStream(request, ports);
  refuseProblems(survey);
  await makeFirstCopies(survey.tables, request, ports);
  const program = programOf(
    request,
    survey.tables.map((table) => table.program),
  );
  await shipProgram(program, ports);
  return recordOf(program, sight(await submitRun(program, newest, ports)));

  function sight(run: typeof newest & object) {
    return { run, path, now: ports.clock.now() };
  }
}

function refuseProtected({ destinationCatalog }: StreamRequest, { settings }: StreamPorts): void {
  if (settings.protectedCatalogs.includes(destinationCatalog.toLowerCase()))
    throw new CloneError(
      "PROTECTED_CATALOG",
      `${destinationCatalog} is protected: nothing is written there.`,
      {
        object: destinationCatalog,
      },
    );
}

function refuseProblems({ plan: { problems } }: Survey): void {
  if (problems.length === 0) return;
  const details = problems.map(({ message }) => message);
  throw new CloneError("STREAM_REFUSED", `The stream cannot be started: ${details.join(" ")}`, { details });
}
