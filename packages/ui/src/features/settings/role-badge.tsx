import type { Role } from "../../api/session.ts";
import { Badge } from "../../components/badge.tsx";

export function RoleBadge({ role }: { role: Role }) {
  return <Badge tone={role === "admin" ? "accent" : "neutral"}>{role}</Badge>;
}
