import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { clsx } from "clsx";
import { type DragEvent, useId, useRef, useState } from "react";
import { everyPlan, openPlan } from "../../api/plans.ts";
import { useRefusal } from "../../api/use-refusal.ts";
import { Button } from "../../components/button.tsx";
import { ErrorNotice } from "../../components/notice.tsx";

/** Takes a plan's file, dropped or chosen, and opens it. What is wrong with it the server says. */
export function OpenPlan() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: openPlan,
    onSuccess: async ({ plan_id }) => {
      await client.invalidateQueries({ queryKey: everyPlan });
      await navigate({ to: "/plans/$id", params: { id: plan_id } });
    },
  });
  const refused = useRefusal("operator") !== undefined;
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined && !isPending && !refused) mutate(file);
  };
  const drag = (event: DragEvent, next: boolean) => {
    event.preventDefault();
    setOver(next);
  };
  return (
    <div className="space-y-3">
      <div
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false);
          take(event.dataTransfer.files);
        }}
        className={clsx(
          "flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded border border-dashed px-3 py-2",
          over ? "border-accent bg-accent-soft" : "border-line-strong/60",
        )}
      >
        <label htmlFor={id} className="min-w-0 text-ink-soft">
          Drop a plan's file here, or choose one
        </label>
        <input
          ref={input}
          id={id}
          type="file"
          disabled={refused}
          accept="application/json,.json"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            take(event.target.files);
            event.target.value = "";
          }}
        />
        <Button needs="operator" disabled={isPending} onClick={() => input.current?.click()}>
          {isPending ? "Opening…" : "Open a file"}
        </Button>
      </div>
      {error !== null && <ErrorNotice error={error} />}
    </div>
  );
}
