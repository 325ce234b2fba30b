import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { volumeDetail } from "../../../api/explorer.ts";
import { ErrorNotice } from "../../../components/notice.tsx";
import { SkeletonRows } from "../../../components/skeleton.tsx";
import { describingObject } from "../../../equivalents/explorer.ts";
import { searchOf } from "../object-link.tsx";
import { Actions } from "./actions.tsx";
import { DefinitionTab } from "./definition-tab.tsx";
import { FilesTab } from "./files-tab.tsx";
import { GrantsTab } from "./grants-tab.tsx";
import { Head } from "./head.tsx";
import { Tabbed } from "./tabbed.tsx";

export interface VolumeViewProps {
  readonly catalog: string;
  readonly schema: string;
  readonly name: string;
  /** The folder that is open. */
  readonly path: string;
}

export function VolumeView({ catalog, schema, name, path }: VolumeViewProps) {
  const { data, error, refetch } = useQuery(volumeDetail(catalog, schema, name));
  const navigate = useNavigate();
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={8} label="Reading the volume" />;
  const { owner, volume_type: type, storage_location: location } = data;
  const address = { catalog, schema, object: { kind: "volume" as const, name } };
  const target = searchOf({ kind: "volume", catalog, schema, name });
  return (
    <>
      <Head
        address={address}
        type="VOLUME"
        facts={[`${type.charAt(0)}${type.slice(1).toLowerCase()} volume`, `owned by ${owner}`]}
        comment={data.comment}
        actions={<Actions {...address} />}
      />
      <Tabbed
        label="The volume"
        tabs={[
          {
            id: "files",
            label: "Files",
            content: (
              <FilesTab
                {...{ catalog, schema, path }}
                volume={name}
                onPath={(next) => void navigate({ to: "/explorer", search: { ...target, path: next } })}
              />
            ),
          },
          { id: "grants", label: "Grants", content: <GrantsTab grants={data.grants} owner={owner} /> },
          {
            id: "definition",
            label: "Definition",
            content: (
              <DefinitionTab
                facts={[
                  { name: "Owner", value: owner },
                  { name: "Type", value: <span className="name">{type}</span> },
                  { name: "Location", value: <span className="name">{location}</span> },
                ]}
                tags={data.tags}
                means={describingObject("volume", catalog, schema, name)}
              />
            ),
          },
        ]}
      />
    </>
  );
}
