import { PageHead } from "../../components/page-head.tsx";

export function ExplorerPage() {
  return <PageHead title="Explorer" />;
}
