export { complaintAboutCaller, isLoopbackAddress } from "./allowed-caller.ts";
