/** The modules of a `ReactKit`, for a bundler that chooses the version of React. */
export * as testing from "@testing-library/react";
export { default as react } from "react";
export * as server from "react-dom/server";
export * as hooks from "../../packages/client/src/react.ts";
