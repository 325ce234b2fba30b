import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import {
  CalendarClock,
  Copy,
  FileCheck2,
  FolderTree,
  GitCompareArrows,
  History,
  LayoutDashboard,
  type LucideIcon,
  Settings,
  SquareSigma,
  Waves,
} from "lucide-react";
import { underWay } from "../api/queries.ts";

type Address =
  | "/"
  | "/clone"
  | "/runs"
  | "/plans"
  | "/schedules"
  | "/streams"
  | "/explorer"
  | "/compare"
  | "/estimate"
  | "/settings";

interface Place {
  readonly to: Address;
  readonly label: string;
  readonly icon: LucideIcon;
}

/** What one does, then what one looks at, then what one sets. */
const GROUPS: readonly (readonly Place[])[] = [
  [{ to: "/", label: "Overview", icon: LayoutDashboard }],
  [
    { to: "/clone", label: "Clone", icon: Copy },
    { to: "/runs", label: "Runs", icon: History },
    { to: "/plans", label: "Plans", icon: FileCheck2 },
    { to: "/schedules", label: "Schedules", icon: CalendarClock },
    { to: "/streams", label: "Streams", icon: Waves },
  ],
  [
    { to: "/explorer", label: "Explorer", icon: FolderTree },
    { to: "/compare", label: "Compare", icon: GitCompareArrows },
    { to: "/estimate", label: "Estimate", icon: SquareSigma },
  ],
  [{ to: "/settings", label: "Settings", icon: Settings }],
];

/** Every place of the page; `onGo` is told when one is chosen. */
export function Navigation({ onGo }: { onGo?: () => void }) {
  const live = useQuery(underWay).data ?? 0;
  return (
    <nav aria-label="Main" className="flex flex-col gap-3">
      {GROUPS.map((places, group) => (
        <ul key={group} className="flex flex-col gap-0.5">
          {places.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link
                to={to}
                activeOptions={{ exact: to === "/" }}
                {...(onGo === undefined ? {} : { onClick: onGo })}
                className="flex h-8 items-center gap-2.5 rounded px-2.5 font-medium text-ink-soft -outline-offset-2 hover:bg-sunken hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:text-accent"
              >
                <Icon className="size-4 shrink-0" aria-hidden />
                {label}
                {to === "/runs" && live > 0 && (
                  <span className="figure ml-auto rounded bg-accent-soft px-1.5 text-tiny font-semibold text-accent">
                    {live}
                    <span className="sr-only"> under way</span>
                  </span>
                )}
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}
