import { Link, useParams } from "@tanstack/react-router";
import { RunView } from "./run-view.tsx";

/** `/runs/{id}`: one run, at an address that can be passed on. */
export function RunPage() {
  const { id } = useParams({ from: "/runs/$id" });
  return (
    <div>
      <p className="mb-1 text-small">
        <Link
          to="/runs"
          className="text-ink-soft underline decoration-line-strong/60 underline-offset-2 hover:text-ink"
        >
          Runs
        </Link>
      </p>
      <h1 className="mb-5 text-title font-semibold tracking-tight">Run {id}</h1>
      <RunView key={id} id={id} />
    </div>
  );
}
