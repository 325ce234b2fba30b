import { PageHead } from "../../components/page-head.tsx";

export function SchedulesPage() {
  return <PageHead title="Schedules" />;
}
