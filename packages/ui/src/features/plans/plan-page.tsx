import { PageHead } from "../../components/page-head.tsx";

export function PlanPage() {
  return <PageHead title="Plan" />;
}
