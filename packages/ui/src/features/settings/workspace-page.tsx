import { PageHead } from "../../components/page-head.tsx";

export function WorkspacePage() {
  return <PageHead title="Workspace" />;
}
