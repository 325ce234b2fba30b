import { useMutation } from "@tanstack/react-query";
import { warehousesOf } from "../../api/connections.ts";
import { Button } from "../../components/button.tsx";
import { Combobox } from "../../components/combobox.tsx";
import { toTry } from "./connection-draft.ts";
import type { ConnectionFieldProps } from "./connection-form.tsx";

/** The SQL warehouse by its id: typed, or one of those that the connection may use. */
export function WarehousePicker({ draft, saved, problems, change }: ConnectionFieldProps) {
  const { data, error, isPending, mutate } = useMutation({ mutationFn: warehousesOf });
  const listed = data === undefined ? "" : data.length === 0 ? "It may use no warehouse." : "";
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <Combobox
          label="Warehouse"
          value={draft.warehouse}
          options={(data ?? []).map(({ id, name, state, size }) => ({
            value: id,
            note: [name, size, state?.toLowerCase()].filter((text) => text != null).join(" · "),
          }))}
          placeholder="the first usable one"
          empty={data === undefined ? "List them first, or type the id." : "No warehouse of that id."}
          error={problems.warehouse ?? error?.message}
          hint={listed === "" ? "Its id. Statements on the target run on it." : listed}
          onChange={(warehouse) => change({ warehouse })}
        />
      </div>
      <Button className="mt-5.5" disabled={isPending} onClick={() => mutate(toTry(draft, saved))}>
        {isPending ? "Listing…" : "List them"}
      </Button>
    </div>
  );
}
