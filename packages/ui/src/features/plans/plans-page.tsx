import { PageHead } from "../../components/page-head.tsx";

export function PlansPage() {
  return <PageHead title="Plans" />;
}
