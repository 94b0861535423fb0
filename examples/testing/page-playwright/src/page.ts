import Pusher from "pusher-js";

const {
  NEXT_PUBLIC_PUSHER_KEY: key,
  NEXT_PUBLIC_PUSHER_CLUSTER: cluster,
  NEXT_PUBLIC_PUSHER_HOST: wsHost,
  NEXT_PUBLIC_PUSHER_PORT: wsPort,
  NEXT_PUBLIC_REALTIME_AUTH_URL: endpoint,
} = import.meta.env;

const pusher = new Pusher(key, {
  cluster,
  // Without these variables, the page uses Pusher in the cloud.
  ...(wsHost && { wsHost, wsPort: Number(wsPort), forceTLS: false, enabledTransports: ["ws"] }),
  channelAuthorization: { transport: "ajax", endpoint },
});
const show = (id: string, text: string): void => {
  const output = document.getElementById(id);
  if (output !== null) output.textContent = text;
};

const auditId = new URLSearchParams(location.search).get("audit") ?? "";
const channel = pusher.subscribe(`private-audit-${auditId}`);
channel.bind("pusher:subscription_succeeded", () => show("connection", "live"));
channel.bind("audit.progress", (data: { readonly completed_steps: number; readonly total_steps: number }) => {
  show("steps", `${data.completed_steps} of ${data.total_steps}`);
});
