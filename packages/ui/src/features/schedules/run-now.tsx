import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { everyRuns } from "../../api/queries.ts";
import { everySchedule, runSchedule } from "../../api/schedules.ts";
import { Button } from "../../components/button.tsx";

/** Starts a run of a schedule now; its outcome is among the others. */
export function RunNow({ id, name }: { id: string; name: string }) {
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: runSchedule,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: everySchedule });
      await client.invalidateQueries({ queryKey: everyRuns });
    },
  });
  return (
    <span className="inline-flex items-center gap-2">
      {error !== null && <span className="text-small text-bad">{error.message}</span>}
      <Button needs="operator" disabled={isPending} aria-label={`Run ${name} now`} onClick={() => mutate(id)}>
        <Play className="size-3.5" aria-hidden />
        {isPending ? "Starting…" : "Run now"}
      </Button>
    </span>
  );
}
