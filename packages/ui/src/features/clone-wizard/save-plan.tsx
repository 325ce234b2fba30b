import type { CloneRequestWire } from "@clone-xs/server/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { everyPlan, keepPlan } from "../../api/plans.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button } from "../../components/button.tsx";
import { ErrorNotice } from "../../components/notice.tsx";

/** Keeps what is previewed, to be looked through and applied later. `target`: the one of several that it is for, as a plan has one. */
export function SavePlan({ request, target }: { request: CloneRequestWire; target?: string }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { send, sent, error } = useOnce(keepPlan, async ({ plan_id }) => {
    await client.invalidateQueries({ queryKey: everyPlan });
    await navigate({ to: "/plans/$id", params: { id: plan_id } });
  });
  const label = target === undefined ? "Save as a plan" : `Save the plan for ${target}`;
  return (
    <>
      <Button needs="operator" disabled={sent} onClick={() => send({ request })}>
        {sent ? "Planning…" : label}
      </Button>
      {error !== null && (
        <div className="order-last basis-full">
          <ErrorNotice error={error} />
        </div>
      )}
    </>
  );
}
