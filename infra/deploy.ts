import { FUNCTION_NAMES, FUNCTIONS, mapFunctions } from "../functions/manifest.ts";
import { readAccount } from "./resources/account.ts";
import { createAlarms, createLogMetrics, type WatchedNames } from "./resources/alarms.ts";
import { createDashboard } from "./resources/dashboard.ts";
import { createEventSource } from "./resources/event-source.ts";
import { createFront } from "./resources/front.ts";
import { createFunction } from "./resources/functions.ts";
import { createLogQueries } from "./resources/log-queries.ts";
import { createProducersPolicy } from "./resources/producers-policy.ts";
import { createQueues } from "./resources/queue.ts";
import { createSecrets } from "./resources/secrets.ts";
import { accountFaults } from "./settings/account-faults.ts";
import { alarmsOf } from "./settings/alarms.ts";
import { type DeploymentPlan, notDeployed, planDeployment } from "./settings/deployment.ts";
import { devFaults } from "./settings/dev.ts";

/** Creates the whole deployment. It throws before it creates anything if the settings are faulty. */
export async function deploy(environment: NodeJS.ProcessEnv) {
  const plan = await requirePlan(environment);
  const { settings, times, variables, basePath, webhookQueueArn } = plan;
  // Each stage has a namespace, so that a failure in one stage triggers no alarm of another.
  const metricsNamespace = `${$app.name}-${$app.stage}`;
  const queues = createQueues(settings, times);
  const { queue, deadLetterQueue } = queues;
  const values = {
    ...variables,
    ...createSecrets(plan.secrets),
    REALTIME_DLQ_URL: deadLetterQueue.url,
    REALTIME_METRICS_NAMESPACE: metricsNamespace,
  };
  const context = { settings, values, queues: { ...queues, webhookQueueArn } };
  const functions = mapFunctions(FUNCTIONS, (name) => createFunction(name, context));
  for (const name of FUNCTION_NAMES)
    if (FUNCTIONS[name].trigger === "queue") createEventSource(functions[name], queue.arn, settings);
  const front = createFront({ functions, basePath, settings });
  createLogQueries((source) => (source === "api" ? front.outputs.accessLogGroup : functions[source].logGroupName));
  createLogMetrics((name) => functions[name].logGroupName, metricsNamespace);
  const names: WatchedNames = {
    ...mapFunctions(FUNCTIONS, (name) => functions[name].name),
    queue: queue.nodes.queue.name,
    deadLetterQueue: deadLetterQueue.nodes.queue.name,
    api: front.watchedApi,
    metricsNamespace,
  };
  return {
    ...front.outputs,
    queueUrl: queue.url,
    queueArn: queue.arn,
    deadLetterQueueUrl: deadLetterQueue.url,
    producersPolicyArn: createProducersPolicy(queues).arn,
    ...(settings.alarms && { alarmTopicArn: createAlarms(alarmsOf(times, settings), names, settings).arn }),
    dashboard: createDashboard(names, settings),
  };
}

/** Throws one error with every fault of the settings. */
async function requirePlan(environment: NodeJS.ProcessEnv): Promise<DeploymentPlan> {
  const plan = planDeployment($app.stage, environment);
  const account = await readAccount();
  const faults = [
    ...($dev ? devFaults($app.stage) : []),
    ...(plan.ok ? accountFaults(plan.value.settings, account) : plan.faults),
  ];
  if (!plan.ok || faults.length > 0) throw new Error(notDeployed($app.stage, faults));
  return plan.value;
}
