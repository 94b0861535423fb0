export type { RelayRecord } from "./add-record.ts";
export { addRecord, messageIdsIn, storiesOf } from "./add-record.ts";
export type { ExplainedRoute, MessageStory, RelayAttempt, RelayReceive } from "./story.ts";
export { newStory, routesOf } from "./story.ts";
export type { StoryExtras } from "./story-text.ts";
export { storyText } from "./story-text.ts";
