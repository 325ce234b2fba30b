import type { Connection } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { catalogsOf } from "../../api/connections.ts";
import { Checkbox } from "../../components/choices.tsx";
import { Combobox } from "../../components/combobox.tsx";
import { SelectField } from "../../components/field.tsx";
import { CONTROL_LABELS } from "./control-labels.ts";
import { isCatalogName, NO_CATALOG_NAME } from "./target-problems.ts";
import { nameOf, type TargetDraft } from "./targets.ts";

const SYNC = [
  { value: "", label: "As chosen in step 2" },
  { value: "snapshot_once", label: "Snapshot once: what it lacks" },
  { value: "incremental", label: "Incremental: what has drifted too" },
  { value: "force_full", label: "Force full: everything again" },
] as const;

export interface TargetOptionsProps {
  readonly target: TargetDraft;
  /** Absent when there is no such connection any more, or its credentials came with an earlier request. */
  readonly saved: Connection | undefined;
  /** The catalog that the request names for all. */
  readonly inherited: string;
  readonly onChange: (target: TargetDraft) => void;
}

/** What is said for one target alone. */
export function TargetOptions({ target, saved, inherited, onChange }: TargetOptionsProps) {
  const { connection } = target;
  const name = nameOf(target);
  const { data, error } = useQuery({ ...catalogsOf(connection), enabled: saved !== undefined });
  const fallback = saved?.destination_catalog ?? inherited;
  const unreached = error === null ? undefined : `Its catalogs cannot be listed: ${error.message}`;
  return (
    <div className="grid gap-x-5 gap-y-2 sm:grid-cols-2">
      {saved === undefined && (
        <p className="text-warn sm:col-span-2">No connection is saved as {connection}.</p>
      )}
      <Combobox
        label={`Catalog on ${name}`}
        value={target.destination}
        options={(data ?? []).map(({ name }) => ({ value: name }))}
        placeholder={fallback === "" ? "As the destination catalog" : fallback}
        empty="A new catalog of that name will be created."
        error={isCatalogName(target.destination.trim()) ? undefined : NO_CATALOG_NAME}
        hint={unreached ?? "Existing, or created by the run."}
        onChange={(destination) => onChange({ ...target, destination })}
      />
      <SelectField
        label={`Load on ${name}`}
        value={target.syncMode}
        choices={SYNC}
        onChange={(syncMode) => onChange({ ...target, syncMode })}
      />
      <Checkbox
        label={CONTROL_LABELS.auto_handle_masks}
        note="Nobody else reads the table meanwhile; the mask is back before they do."
        checked={target.handleMasks}
        onChange={(handleMasks) => onChange({ ...target, handleMasks })}
      />
      <Checkbox
        label="Clean up afterwards"
        note="Removes the share and the mounted catalog, unless another clone uses them."
        checked={target.cleanup}
        onChange={(cleanup) => onChange({ ...target, cleanup })}
      />
    </div>
  );
}
