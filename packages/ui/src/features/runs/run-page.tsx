import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { changed, type ChangeRunSearch, type RunSearch } from "./run-search.ts";
import { RunView } from "./run-view.tsx";

/** `/runs/{id}`: one run, at an address that can be passed on, down to the part and the object that are open. */
export function RunPage() {
  const { id } = useParams({ from: "/runs/$id" });
  const search = useSearch({ from: "/runs/$id" });
  const navigate = useNavigate({ from: "/runs/$id" });
  const change = useCallback<ChangeRunSearch>(
    (next) =>
      void navigate({
        search: (now: RunSearch) => changed(now, next),
        // What is typed is no place to come back to.
        replace: !("tab" in next) && !("object" in next),
        resetScroll: false,
      }),
    [navigate],
  );
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
      <RunView key={id} id={id} search={search} onSearch={change} titled />
    </div>
  );
}
