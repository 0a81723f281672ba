import { describe, expect, it } from "vitest";
import type { MsalError } from "../../src/error/msal-error.ts";
import { type Federation, findPasswordEndpoint } from "../../src/wstrust/find-endpoint.ts";
import { FakeHttp, type FakeReply } from "../support/fake-http.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { description, windowsPolicy } from "./documents.ts";

const metadataUrl = "https://fs.contoso.com/adfs/services/trust/mex";
const activeAuthUrl = "https://fs.contoso.com/adfs/services/trust/2005/usernamemixed";
const mixed13 = "https://fs.contoso.com/adfs/services/trust/13/usernamemixed";
const good = { body: description([{ name: "Mixed", address: mixed13 }]) };
const windowsAlone = { body: description([{ name: "Windows", address: mixed13, policy: windowsPolicy }]) };

function setup(reply?: FakeReply) {
  const http = new FakeHttp();
  if (reply !== undefined) http.expect("GET", metadataUrl, reply);
  const log: string[] = [];
  const parts = {
    http: http.client,
    clock: new ManualClock(),
    logger: { warn: (line: string) => void log.push(line) },
  };
  const find = (federation: Federation, signal?: AbortSignal) =>
    findPasswordEndpoint(parts, federation, { correlationId: "the-id", ...(signal && { signal }) });
  return { http, log, find };
}

describe("where an organisation takes passwords (B5.6)", () => {
  it("is what it describes, asked under the caller's id and signal", async () => {
    const { find, http, log } = setup(good);
    const { signal } = new AbortController();
    expect(await find({ metadataUrl, activeAuthUrl }, signal)).toMatchObject({
      url: mixed13,
      version: { name: "1.3" },
    });
    expect(http.requests).toMatchObject([{ method: "GET", correlationId: "the-id" }]);
    expect(http.requests[0]?.signal).toBe(signal);
    // The description is the same for everybody, so it is nobody's.
    expect(http.requests[0]?.owner).toBeUndefined();
    expect(log).toEqual([]);
  });

  const unusable: [string, FakeReply, Partial<MsalError>, string][] = [
    [
      "a description without a fitting port",
      windowsAlone,
      { code: "federation_unsupported" },
      "names no endpoint for a name and a password",
    ],
    ["another document", { body: "<html/>" }, { code: "invalid_response", status: 200 }, "no description of services"],
    ["a document type", { body: "<!DOCTYPE r><r/>" }, { code: "invalid_response" }, "has a document type"],
    ["ten megabytes", { body: " ".repeat(10_000_000) }, { code: "invalid_response" }, "longer than 1000000"],
    [
      "a fault of the server",
      { status: 503, headers: { "retry-after": "7" } },
      { code: "server_error", status: 503, retryable: true, retryAfter: 7 },
      "status 503",
    ],
    [
      "nothing there",
      { status: 404, ...good },
      { code: "invalid_response", status: 404, retryable: false },
      "status 404",
    ],
    ["too many questions", { status: 429 }, { code: "invalid_response", status: 429, retryable: true }, "status 429"],
  ];

  it.each(unusable)("is what Entra ID knows, with a warning, for %s", async (_, reply, __, told) => {
    const { find, log } = setup(reply);
    expect(await find({ metadataUrl, activeAuthUrl })).toMatchObject({ url: activeAuthUrl, version: { name: "2005" } });
    expect(log).toEqual([expect.stringContaining(told)]);
  });

  it.each(unusable)("is nowhere for %s when Entra ID knows none either", async (_, reply, expected, told) => {
    const error = await msalErrorFrom(setup(reply).find({ metadataUrl, activeAuthUrl: "http://fs.contoso.com/" }));
    expect(error).toMatchObject({ correlationId: "the-id", ...expected });
    expect(error.message).toContain(told);
  });

  it.each([undefined, "http://fs.contoso.com/mex", "mex"])("is not asked for at %s", async (address) => {
    const { find } = setup();
    expect(await find({ metadataUrl: address, activeAuthUrl })).toMatchObject({ url: activeAuthUrl });
    expect(await msalErrorFrom(find({ metadataUrl: address }))).toMatchObject({ code: "federation_unsupported" });
  });

  it("is not guessed when there was no answer at all", async () => {
    const { find } = setup(() => Promise.reject(new TypeError("lost")));
    await expect(find({ metadataUrl, activeAuthUrl })).rejects.toThrow("lost");
  });
});
