import type { CloneRequest } from "../../request/request.ts";

/** Whether a request asks for masks of its source to be lifted; where no rows are copied there is nothing to lift them for. */
export function liftsMasks({ targets, schemaOnly }: Pick<CloneRequest, "targets" | "schemaOnly">): boolean {
  return !schemaOnly && targets.some(({ handleMasks }) => handleMasks);
}

/** The request as one that lifts nothing. */
export function withoutLifting(request: CloneRequest): CloneRequest {
  return { ...request, targets: request.targets.map((target) => ({ ...target, handleMasks: false })) };
}
