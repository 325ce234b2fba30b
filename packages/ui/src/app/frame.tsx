import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";
import { onTokenRefused, tokenIsMissing } from "../api/client.ts";
import { runs, whoAmI } from "../api/queries.ts";
import { isLive } from "../run-status.ts";
import { ThemeButton } from "./theme-button.tsx";
import { TokenGate } from "./token-gate.tsx";

/** What is around every page: where we are, on which workspace, and as whom. */
export function Frame() {
  const locked = useSyncExternalStore(onTokenRefused, tokenIsMissing);
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-30 focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <header className="border-b border-line">
        <div className="mx-auto flex h-12 w-full max-w-6xl items-center gap-2 px-4 sm:gap-5 sm:px-6">
          <Link to="/" className="flex items-center gap-2 rounded text-lead font-semibold tracking-tight">
            <Mark />
            <span className="max-sm:sr-only">Clone-Xs</span>
          </Link>
          {!locked && <Navigation />}
          <div className="ml-auto flex min-w-0 items-center gap-2">
            {!locked && <Identity className="hidden max-w-80 text-right md:block" />}
            <ThemeButton />
          </div>
        </div>
        {!locked && <Identity className="border-t border-line px-4 py-1 md:hidden" />}
      </header>
      <main id="main" className="mx-auto w-full max-w-6xl flex-1 px-4 pt-6 pb-16 sm:px-6">
        {locked ? <TokenGate /> : <Outlet />}
      </main>
    </div>
  );
}

function Navigation() {
  const live = useQuery(runs()).data?.filter(isLive).length ?? 0;
  const look =
    "flex h-12 items-center gap-1.5 border-b-2 border-transparent px-2 pt-0.5 font-medium text-ink-soft -outline-offset-2 hover:text-ink data-[status=active]:border-accent data-[status=active]:text-ink";
  return (
    <nav aria-label="Main" className="flex sm:gap-1">
      <Link to="/clone" className={look}>
        Clone
      </Link>
      <Link to="/runs" className={look}>
        Runs
        {live > 0 && (
          <span className="figure rounded bg-accent-soft px-1.5 text-tiny font-semibold text-accent">
            {live}
            <span className="sr-only"> under way</span>
          </span>
        )}
      </Link>
      <Link to="/streams" className={look}>
        Streams
      </Link>
      <Link to="/settings" className={look}>
        Settings
      </Link>
    </nav>
  );
}

/** Always in sight: nobody should clone on a workspace that he takes for another. */
function Identity({ className }: { className: string }) {
  const { data, error } = useQuery(whoAmI);
  const text = error !== null ? "Workspace not reachable" : data === undefined ? "Connecting…" : data.host;
  return (
    <div className={className}>
      <p className={`name truncate text-tiny ${error === null ? "" : "text-bad"}`} title={text}>
        {text}
      </p>
      <p className="truncate text-tiny text-ink-faint">{data?.user_name ?? "\u00a0"}</p>
    </div>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 20 20" className="size-5 text-accent" aria-hidden="true">
      <path d="M2 2h10v2H4v8H2z" fill="currentColor" />
      <path d="M7 7h11v11H7z" fill="currentColor" />
      <path
        d="M10.5 14.5l4-4m0 4l-4-4"
        stroke="var(--paper)"
        strokeWidth="1.6"
        strokeLinecap="square"
        fill="none"
      />
    </svg>
  );
}
