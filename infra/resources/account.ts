import { type Account, CONCURRENCY_QUOTA } from "../settings/account-faults.ts";

/** Reads what the settings must fit. The deployment goes on without what its role may not read. */
export async function readAccount(): Promise<Account> {
  const [queues, quota, caller] = await Promise.all([
    known(aws.sqs.getQueues({ queueNamePrefix: `${$app.name}-${$app.stage}-DomainEventsQueue-` })),
    known(aws.servicequotas.getServiceQuota(CONCURRENCY_QUOTA)),
    known(aws.getCallerIdentity()),
  ]);
  return { queueUrls: queues?.queueUrls, concurrency: quota?.value, callerArn: caller?.arn };
}

async function known<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    console.warn(`Not checked before the deployment: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
