import { describe, expect, it } from "vitest";
import { createRegionFinder, type RegionFinder } from "../../src/authority/region-detection.ts";
import type { RegionChoice } from "../../src/authority/region.ts";
import { abortedError } from "../../src/error/aborted.ts";
import { MsalError } from "../../src/error/msal-error.ts";
import { FakeHttp, httpResponse, neverAnswers } from "../support/fake-http.ts";
import { ManualClock } from "../support/manual-clock.ts";

const metadataService = "http://169.254.169.254/metadata/instance/compute/location?format=text&api-version=2021-01-01";
const context = { correlationId: "a-call" };

interface Machine {
  readonly find: RegionFinder;
  readonly http: FakeHttp;
  readonly clock: ManualClock;
  readonly log: string[];
}

/** Something that looks for its region, on a machine with these environment variables. */
function machine(choice: RegionChoice, variables: Readonly<Record<string, string>> = {}): Machine {
  const http = new FakeHttp();
  const clock = new ManualClock();
  const log: string[] = [];
  const find = createRegionFinder(choice, {
    http: http.client,
    clock,
    logger: { warn: (line) => void log.push(`warn: ${line}`), info: (line) => void log.push(`info: ${line}`) },
    environment: (name) => variables[name],
  });
  return { find, http, clock, log };
}

describe("a configured region (B1.8)", () => {
  it("is taken without a request", async () => {
    const { find, log } = machine("westus2");
    expect(await find(context)).toBe("westus2");
    expect(log).toEqual([]);
  });

  it("stays, with a warning, where REGION_NAME says another", async () => {
    const { find, log } = machine("westus2", { REGION_NAME: "East US" });
    expect(await find(context)).toBe("westus2");
    expect(log).toEqual([expect.stringMatching(/^warn: "azureRegion" is "westus2", but .* runs in "eastus"/)]);
  });

  it("is not warned of where REGION_NAME says the same in words", async () => {
    const { find, log } = machine("westus2", { REGION_NAME: "West US 2" });
    await find(context);
    expect(log).toEqual([]);
  });
});

describe("the detection of a region (B1.8)", () => {
  it("takes REGION_NAME, spaces removed and in lower case, and asks nobody", async () => {
    const { find, log } = machine(true, { REGION_NAME: "West US 2" });
    expect(await find(context)).toBe("westus2");
    expect(log).toEqual(['info: The Azure region is "westus2", as REGION_NAME says.']);
  });

  it("asks the machine's metadata service with the header that it wants, and nothing else", async () => {
    const { find, http } = machine(true);
    http.expect("GET", metadataService, { body: "westus2" });
    expect(await find(context)).toBe("westus2");
    expect(http.requests).toMatchObject([{ headers: { metadata: "true" }, correlationId: "a-call" }]);
    expect(Object.keys(http.requests[0]?.headers ?? {})).toEqual(["metadata"]);
  });

  it("asks once for all who wait, and remembers the answer", async () => {
    const { find, http } = machine(true);
    http.expect("GET", metadataService, { body: "westus2" });
    expect(await Promise.all([find(context), find(context)])).toEqual(["westus2", "westus2"]);
    expect(await find(context)).toBe("westus2");
  });

  it.each([
    ["refusal", () => Promise.resolve(httpResponse({ status: 404, body: "westus2" }))],
    ["page of something else", () => Promise.resolve(httpResponse({ body: "<!doctype html>" }))],
    ["lost connection", () => Promise.reject(new MsalError("network_error", "Unreachable."))],
    ["silence", () => Promise.reject(new MsalError("request_timeout", "Not within 2000 ms."))],
  ])("takes a %s for no region, and remembers that for a day", async (_, reply) => {
    const { find, http, clock, log } = machine(true);
    http.expect("GET", metadataService, reply);
    expect(await find(context)).toBeUndefined();
    expect(log).toEqual(["info: No Azure region was found; the central endpoints are asked."]);
    clock.advance(24 * 3600 * 1000 - 1);
    expect(await find(context)).toBeUndefined();
    clock.advance(1);
    http.expect("GET", metadataService, { body: "westus2" });
    expect(await find(context)).toBe("westus2");
  });

  it("ends with an abort, which says nothing about the region", async () => {
    const { find, http } = machine(true);
    http.expect("GET", metadataService, neverAnswers);
    const controller = new AbortController();
    const waiting = find({ ...context, signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toEqual(abortedError(controller.signal));
    http.expect("GET", metadataService, { body: "westus2" });
    expect(await find(context)).toBe("westus2");
  });
});
