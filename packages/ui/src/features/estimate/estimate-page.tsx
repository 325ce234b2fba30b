import { PageHead } from "../../components/page-head.tsx";

export function EstimatePage() {
  return <PageHead title="Estimate" />;
}
