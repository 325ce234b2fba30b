import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { catalogs } from "../../api/queries.ts";
import { everyStream, planStream, startStream } from "../../api/streams.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button } from "../../components/button.tsx";
import { ByOtherMeans } from "../../components/by-other-means.tsx";
import { RadioRows } from "../../components/choices.tsx";
import { Combobox } from "../../components/combobox.tsx";
import { TextField } from "../../components/field.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { PairRows } from "../../components/pair-rows.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { startingStream } from "../../equivalents/streams.ts";
import { begunStream, keyProblem, type StreamDraft, streamProblem, toStreamRequest } from "./stream-draft.ts";
import { StreamPlanView } from "./stream-plan-view.tsx";
import { StreamScope } from "./stream-scope.tsx";

const WITHOUT_FEED = [
  {
    value: "refuse",
    label: "Name them",
    note: "With the ALTER that records their changes; the stream does not start before.",
  },
  {
    value: "clone",
    label: "Clone them again",
    note: "Incrementally, whenever they have changed: files that changed are copied whole.",
  },
] as const;

/** `/streams/new`: what to keep in sync, what that would do and cost, and the button that starts it. */
export function NewStreamPage() {
  const search = useSearch({ from: "/streams/new" });
  const [draft, setDraft] = useState(() => begunStream(search));
  const plan = useMutation({ mutationFn: planStream });
  const starting = useStart();
  const problem = streamProblem(draft);
  const change = (next: Partial<StreamDraft>) => {
    plan.reset();
    setDraft({ ...draft, ...next });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    plan.mutate(toStreamRequest(draft));
  };
  return (
    <div>
      <p className="mb-1 text-small">
        <Link
          to="/streams"
          className="text-ink-soft underline decoration-line-strong/60 underline-offset-2 hover:text-ink"
        >
          Streams
        </Link>
      </p>
      <PageHead title="Keep a copy in sync" />
      <form onSubmit={onSubmit} noValidate className="space-y-8">
        <StreamControls draft={draft} change={change} />
        <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line pt-4">
          <span id="why-not-planned" className="text-small text-ink-soft">
            {problem}
          </span>
          <Button
            type="submit"
            look={plan.data === undefined ? "primary" : "plain"}
            aria-describedby="why-not-planned"
            disabled={problem !== undefined || plan.isPending}
          >
            {plan.data === undefined ? "Show the plan" : "Look again"}
          </Button>
        </div>
      </form>
      <div className="mt-6 space-y-6">
        {plan.error !== null && <ErrorNotice error={plan.error} />}
        {plan.isPending && <SkeletonRows rows={3} label="Looking at both catalogs" />}
        {plan.data !== undefined && (
          <>
            <StreamPlanView plan={plan.data} />
            {starting.error !== null && <ErrorNotice error={starting.error} />}
            <div className="flex justify-end">
              <Button
                needs="operator"
                look="primary"
                disabled={starting.sent || plan.data.problems.length > 0}
                onClick={() => starting.send(toStreamRequest(draft))}
              >
                {starting.sent ? "Starting…" : "Start the stream"}
              </Button>
            </div>
            <ByOtherMeans means={startingStream(toStreamRequest(draft))} label="Starting by other means" />
          </>
        )}
      </div>
    </div>
  );
}

function useStart() {
  const navigate = useNavigate();
  const client = useQueryClient();
  return useOnce(startStream, async ({ stream_id }) => {
    await client.invalidateQueries({ queryKey: everyStream });
    await navigate({ to: "/streams/$id", params: { id: stream_id } });
  });
}

export interface StreamControlsProps {
  readonly draft: StreamDraft;
  readonly change: (change: Partial<StreamDraft>) => void;
}

function StreamControls({ draft, change }: StreamControlsProps) {
  return (
    <>
      <Ends draft={draft} change={change} />
      <StreamScope draft={draft} change={change} />
      <PairRows
        title="Keys"
        noun="key"
        none="Of tables with a primary key: that one. Tables without any are cloned incrementally."
        left={{ key: "table", label: "Table", placeholder: "bronze.events" }}
        joint="by"
        right={{ key: "columns", label: "Columns", placeholder: "id, day" }}
        rows={draft.keys}
        problemOf={keyProblem}
        onChange={(keys) => change({ keys })}
      />
      <div className="grid gap-x-5 gap-y-8 sm:grid-cols-2">
        <Section title="Tables whose changes are not recorded">
          <RadioRows
            label="Tables whose changes are not recorded"
            value={draft.withoutFeed}
            choices={WITHOUT_FEED}
            onChange={(withoutFeed) => change({ withoutFeed })}
          />
        </Section>
        <Section title="How often">
          <div className="max-w-56">
            <TextField
              label="Seconds between two looks"
              type="number"
              inputMode="decimal"
              min={0.1}
              step="any"
              className="figure"
              value={Number.isNaN(draft.seconds) ? "" : String(draft.seconds)}
              hint="A change is in the copy about that long after it was made."
              onChange={(text) => change({ seconds: text === "" ? Number.NaN : Number(text) })}
            />
          </div>
        </Section>
      </div>
    </>
  );
}

function Ends({ draft, change }: StreamControlsProps) {
  const { data, error, isPending, refetch } = useQuery(catalogs);
  const options = (data ?? []).map(({ name }) => ({ value: name }));
  return (
    <Section title="Catalogs">
      {error !== null && <ErrorNotice error={error} retry={() => void refetch()} />}
      <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
        <Combobox
          label="Source catalog"
          value={draft.source}
          options={options}
          placeholder={isPending ? "Loading catalogs…" : "Choose a catalog"}
          empty="No catalog of that name."
          hint="It is read, never written."
          onChange={(source) => change({ source, tables: [], schema: "" })}
        />
        <Combobox
          label="Destination catalog"
          value={draft.destination}
          options={options.filter(({ value }) => value !== draft.source)}
          placeholder="Choose one, or name a new one"
          empty="A new catalog of that name will be created."
          hint="Existing, or created when the stream starts, with the first copy."
          onChange={(destination) => change({ destination })}
        />
      </div>
    </Section>
  );
}
