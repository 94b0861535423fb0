import { FUNCTION_NAMES, FUNCTIONS, mapFunctions } from "../functions/manifest.ts";
import { createAlarms, createLogMetrics, type WatchedNames } from "./resources/alarms.ts";
import { createApi } from "./resources/api.ts";
import { createDashboard } from "./resources/dashboard.ts";
import { createEventSource } from "./resources/event-source.ts";
import { createFunction } from "./resources/functions.ts";
import { createProducersPolicy } from "./resources/producers-policy.ts";
import { createQueues } from "./resources/queue.ts";
import { createSecrets } from "./resources/secrets.ts";
import { alarmsOf } from "./settings/alarms.ts";
import { notDeployed, planDeployment } from "./settings/deployment.ts";

/** Creates the whole deployment. It throws before it creates anything if the settings are faulty. */
export function deploy(environment: NodeJS.ProcessEnv) {
  const plan = planDeployment($app.stage, environment);
  if (!plan.ok) throw new Error(notDeployed($app.stage, plan.faults));
  const { settings, times, variables, basePath, webhookQueueArn } = plan.value;
  // Each stage has a namespace, so that a failure in one stage triggers no alarm of another.
  const metricsNamespace = `${$app.name}-${$app.stage}`;
  const queues = createQueues(settings.fifo, times);
  const { queue, deadLetterQueue } = queues;
  const values = {
    ...variables,
    ...createSecrets(plan.value.secrets),
    REALTIME_DLQ_URL: deadLetterQueue.url,
    REALTIME_METRICS_NAMESPACE: metricsNamespace,
  };
  const context = { settings, values, queues: { ...queues, webhookQueueArn } };
  const functions = mapFunctions(FUNCTIONS, (name) => createFunction(name, context));
  for (const name of FUNCTION_NAMES)
    if (FUNCTIONS[name].trigger === "queue") createEventSource(functions[name], queue.arn, settings);
  const api = createApi(functions, basePath, settings);
  createLogMetrics((name) => functions[name].logGroupName, metricsNamespace);
  const names: WatchedNames = {
    ...mapFunctions(FUNCTIONS, (name) => functions[name].name),
    queue: queue.nodes.queue.name,
    deadLetterQueue: deadLetterQueue.nodes.queue.name,
    api: api.nodes.api.id,
    metricsNamespace,
  };
  return {
    api: $interpolate`${api.url}${basePath}`,
    queueUrl: queue.url,
    queueArn: queue.arn,
    deadLetterQueueUrl: deadLetterQueue.url,
    producersPolicyArn: createProducersPolicy(queue.arn).arn,
    alarmTopicArn: createAlarms(alarmsOf(times), names, settings.docsUrl).arn,
    dashboard: createDashboard(names),
  };
}
