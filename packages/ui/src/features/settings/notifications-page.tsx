import { PageHead } from "../../components/page-head.tsx";

export function NotificationsPage() {
  return <PageHead title="Notifications" />;
}
