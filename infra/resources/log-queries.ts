import { LOG_QUERIES, type LogSource, queryText } from "../settings/log-queries.ts";

/** Saves the queries of `docs/operations.md`. CloudWatch lists them in a folder for the stage. A front may have no access log. */
export function createLogQueries(logGroupOf: (source: LogSource) => $util.Input<string> | undefined): void {
  for (const query of LOG_QUERIES) {
    const logGroupNames = query.sources.map(logGroupOf).filter((group) => group !== undefined);
    if (logGroupNames.length > 0)
      new aws.cloudwatch.QueryDefinition(query.id, {
        name: `${$app.name}-${$app.stage}/${query.name}`,
        queryString: queryText(query),
        logGroupNames,
      });
  }
}
