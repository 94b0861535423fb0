export type { Catalog, EventData, EventName } from "./catalog.ts";
export { definitionOf, eventNames, families, familyOf } from "./catalog.ts";
export type { DomainEvent, JsonObject } from "./envelope.ts";
export { decodeEnvelope } from "./envelope.ts";
export type { EventDefinition, Family, Route, RoutedKind } from "./family.ts";
export { countMembers, memberSource, memberSources } from "./json-source.ts";
export type { Rejected, Result } from "./result.ts";
export { accepted, rejected } from "./result.ts";
