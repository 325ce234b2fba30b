import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { Menu, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { Suspense, useState, useSyncExternalStore } from "react";
import { isOut, onOut } from "../api/client.ts";
import { session } from "../api/session.ts";
import { SkeletonRows } from "../components/skeleton.tsx";
import { Veil } from "../components/veil.tsx";
import { Identity } from "./identity.tsx";
import { Navigation } from "./navigation.tsx";
import { ThemeButton } from "./theme-button.tsx";
import { TokenGate } from "./token-gate.tsx";

/** What is around every page: where we are, on which workspace, and as whom. */
export function Frame() {
  const out = useSyncExternalStore(onOut, isOut);
  const { data: who, isPending } = useQuery(session);
  const locked = out || who?.authenticated === false;
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[13rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-30 focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <header className="border-line max-lg:border-b lg:sticky lg:top-0 lg:flex lg:h-dvh lg:flex-col lg:border-r">
        <div className="flex h-12 items-center gap-2 px-4 lg:h-14 lg:px-5">
          <Link to="/" className="flex items-center gap-2 rounded text-lead font-semibold tracking-tight">
            <Mark />
            <span>Clone-Xs</span>
          </Link>
          <span className="ml-auto" />
          <ThemeButton />
          {!locked && <MenuButton />}
        </div>
        {!locked && !isPending && (
          <>
            <div className="flex-1 overflow-y-auto px-2.5 pt-1 max-lg:hidden">
              <Navigation />
            </div>
            <Identity className="border-t border-line px-4 py-1 lg:px-5 lg:py-3" />
          </>
        )}
      </header>
      <main id="main" className="mx-auto w-full max-w-6xl min-w-0 px-4 pt-6 pb-16 sm:px-6">
        {locked ? (
          <TokenGate />
        ) : isPending ? (
          <SkeletonRows rows={6} label="Loading the page" />
        ) : (
          <Suspense fallback={<SkeletonRows rows={6} label="Loading the page" />}>
            <Outlet />
          </Suspense>
        )}
      </main>
    </div>
  );
}

/** The places on a narrow screen. */
function MenuButton() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        aria-label="Menu"
        className="flex size-8 items-center justify-center rounded text-ink-soft hover:bg-sunken hover:text-ink lg:hidden"
      >
        <Menu className="size-5" aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Veil />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-40 w-64 overflow-y-auto border-l border-line bg-paper px-3 py-3"
        >
          <div className="mb-2 flex items-center justify-between pl-2.5">
            <Dialog.Title className="label">Menu</Dialog.Title>
            <Dialog.Close
              aria-label="Close the menu"
              className="flex size-8 items-center justify-center rounded text-ink-soft hover:bg-sunken"
            >
              <X className="size-4" aria-hidden />
            </Dialog.Close>
          </div>
          <Navigation onGo={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
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
