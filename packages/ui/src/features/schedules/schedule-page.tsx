import { PageHead } from "../../components/page-head.tsx";

export function SchedulePage() {
  return <PageHead title="Schedule" />;
}
