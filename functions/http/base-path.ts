/**
 * Removes what a front puts before the base path: a stage, a mapping key or a prefix. It removes whole
 * segments only, so `/x/notapi/…` never becomes `/api/…`. A path without the base path does not change.
 */
export function withoutPrefix(path: string, basePath: string): string {
  const start = path.lastIndexOf(`${basePath}/`);
  return start > 0 ? path.slice(start) : path;
}
