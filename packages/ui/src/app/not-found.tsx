import { Link } from "@tanstack/react-router";
import { useTitle } from "../components/use-title.ts";

export function NotFound() {
  useTitle("No such page");
  return (
    <div className="py-16 text-center">
      <h1 className="text-title font-semibold tracking-tight">There is no such page</h1>
      <p className="mt-2 text-ink-soft">
        Go to{" "}
        <Link to="/clone" className="font-medium text-accent underline">
          a new clone
        </Link>{" "}
        or to{" "}
        <Link to="/runs" className="font-medium text-accent underline">
          the runs
        </Link>
        .
      </p>
    </div>
  );
}
