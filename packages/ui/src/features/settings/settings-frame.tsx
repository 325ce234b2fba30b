import { Link, Outlet } from "@tanstack/react-router";

const PARTS = [
  { to: "/settings", label: "Connections" },
  { to: "/settings/workspace", label: "Workspace" },
  { to: "/settings/notifications", label: "Notifications" },
  { to: "/settings/access", label: "Access" },
] as const;

/** `/settings/…`: its parts, and the one that is open. */
export function SettingsFrame() {
  return (
    <>
      <nav aria-label="Settings" className="mb-5 flex gap-1 overflow-x-auto border-b border-line">
        {PARTS.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: true }}
            className="-mb-px flex h-9 shrink-0 items-center border-b-2 border-transparent px-2 font-medium text-ink-soft -outline-offset-2 hover:text-ink data-[status=active]:border-accent data-[status=active]:text-ink"
          >
            {label}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
