import {
  Database,
  FileText,
  Folder,
  HardDrive,
  Layers,
  type LucideIcon,
  Sigma,
  Table2,
  View,
} from "lucide-react";

const ICONS: Readonly<Record<string, LucideIcon>> = {
  CATALOG: Database,
  SCHEMA: Layers,
  VIEW: View,
  METRIC_VIEW: View,
  MATERIALIZED_VIEW: View,
  FUNCTION: Sigma,
  VOLUME: HardDrive,
  FOLDER: Folder,
  FILE: FileText,
};

/** The picture of a kind; whatever has no other is a table. */
export function ObjectIcon({ type, className = "" }: { type: string; className?: string }) {
  const Icon = ICONS[type] ?? Table2;
  return <Icon className={`size-3.5 shrink-0 ${className}`} aria-hidden />;
}
