import type { IncomingMessage } from "node:http";

/** S3's subresources, in the query of a request for a bucket. */
const BUCKET_ACTIONS: Readonly<Record<string, string>> = {
  "PUT versioning": "PutBucketVersioning",
  "PUT notification": "PutBucketNotification",
  "PUT publicAccessBlock": "PutBucketPublicAccessBlock",
  "PUT policy": "PutBucketPolicy",
  "PUT lifecycle": "PutLifecycleConfiguration",
  "GET list-type": "ListBucket",
};

/** The IAM action of a request to the stand-in; the request itself if it is none that is known. */
export function actionOf({ headers, method = "", url = "" }: IncomingMessage): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    const [service = "", operation] = target.split(".");
    return `${/ContainerRegistry/.test(service) ? "ecr" : service.replace(/^Amazon/, "").toLowerCase()}:${operation}`;
  }
  const { pathname, searchParams } = new URL(url, "http://stand-in");
  if (pathname.startsWith("/v2/apis")) return "appsync:GetApi";
  const isObject = /^\/[^/]+\/./.test(pathname);
  if (isObject) return `s3:${{ PUT: "PutObject", GET: "GetObject", HEAD: "GetObject" }[method] ?? "DeleteObject"}`;
  const part = [...searchParams.keys()].map((name) => BUCKET_ACTIONS[`${method} ${name}`]).find(Boolean);
  return part === undefined && method === "PUT" && !url.includes("?")
    ? "s3:CreateBucket"
    : `s3:${part ?? `${method} ${url}`}`;
}
