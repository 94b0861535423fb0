import { afterAll, beforeAll } from "vitest";
import { type Driver, startNodeDriver } from "../../support/clients/driver.ts";
import { clientScenarios } from "./scenarios.ts";

let driver: Driver;
beforeAll(async () => {
  driver = await startNodeDriver();
});
afterAll(() => driver.stop());

clientScenarios(() => driver);
