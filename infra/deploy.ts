import { BASE_PATH } from "../functions/manifest.ts";
import { createAlarms, createAuthDenialMetric, type Names } from "./resources/alarms.ts";
import { createApi } from "./resources/api.ts";
import { createDashboard } from "./resources/dashboard.ts";
import { createProducersPolicy } from "./resources/producers-policy.ts";
import { createQueues } from "./resources/queue.ts";
import { createRelay } from "./resources/relay.ts";
import { createSecrets } from "./resources/secrets.ts";
import { planDeployment, refusal } from "./settings/deployment.ts";

/** The whole deployment; throws before anything is created when the settings do not add up. */
export function deploy(environment: NodeJS.ProcessEnv) {
  const plan = planDeployment($app.stage, environment);
  if (!plan.ok) throw new Error(refusal($app.stage, plan.faults));
  const { settings, variables } = plan.value;
  // Of the stage alone: what one stage suffers must not wake those who care for another.
  const metricsNamespace = `${$app.name}-${$app.stage}`;
  const queues = createQueues(settings.fifo);
  const values = {
    ...variables,
    ...createSecrets(plan.value.secrets),
    REALTIME_DLQ_URL: queues.deadLetterQueue.url,
    REALTIME_METRICS_NAMESPACE: metricsNamespace,
  };
  const relay = createRelay(queues, settings, values);
  const { gateway, functions } = createApi(plan.value, values);

  createAuthDenialMetric(functions.auth.logGroupName, metricsNamespace);
  const names: Names = {
    queue: queues.queue.nodes.queue.name,
    deadLetterQueue: queues.deadLetterQueue.nodes.queue.name,
    relay: relay.name,
    auth: functions.auth.name,
    "test-event": functions["test-event"].name,
    webhook: functions.webhook.name,
    api: gateway.nodes.api.id,
    metricsNamespace,
  };
  return {
    api: $interpolate`${gateway.url}${BASE_PATH}`,
    queueUrl: queues.queue.url,
    queueArn: queues.queue.arn,
    deadLetterQueueUrl: queues.deadLetterQueue.url,
    producersPolicyArn: createProducersPolicy(queues.queue.arn).arn,
    alarmTopicArn: createAlarms(names, settings.docsUrl).arn,
    dashboard: createDashboard(names),
  };
}
