import { describe, expect, it } from "vitest";
import {
  buildInstanceDiscoveryUrl,
  DEFAULT_INSTANCE_DISCOVERY,
  readInstanceDiscovery,
} from "../../src/authority/instance-discovery.ts";
import { parseAuthority } from "../../src/authority/parse.ts";

const authority = parseAuthority("https://login.contoso.com:8443/tenant/");

describe("instance discovery: the question (B1.4)", () => {
  it("asks the public cloud for the authority's authorization endpoint", () => {
    expect(buildInstanceDiscoveryUrl(authority, DEFAULT_INSTANCE_DISCOVERY)).toBe(
      "https://login.microsoftonline.com/common/discovery/instance" +
        "?authorization_endpoint=https%3A%2F%2Flogin.contoso.com%3A8443%2Ftenant%2Foauth2%2Fv2.0%2Fauthorize&api-version=1.1",
    );
  });

  it("keeps the query of another directory", () => {
    const url = new URL(buildInstanceDiscoveryUrl(authority, "https://directory.contoso.com/find?key=1"));
    expect(url.origin + url.pathname).toBe("https://directory.contoso.com/find");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      key: "1",
      authorization_endpoint: "https://login.contoso.com:8443/tenant/oauth2/v2.0/authorize",
      "api-version": "1.1",
    });
  });
});

describe("instance discovery: the answer (B1.4, B1.7)", () => {
  const read = (answer: Record<string, unknown>) => readInstanceDiscovery(answer, authority, "the-id");

  it("gives the names of each cloud, in lower case", () => {
    const metadata = [
      { preferred_network: "a.com", preferred_cache: "b.com", aliases: ["A.com", "b.com"] },
      { aliases: ["c.com"] },
    ];
    expect(read({ tenant_discovery_endpoint: "https://x", metadata })).toEqual([["a.com", "b.com"], ["c.com"]]);
  });

  it.each([[undefined], [null], ["text"], [[null, 1, {}, { aliases: null }, { aliases: [] }, { aliases: [1] }]]])(
    "knows no names where the answer has none: %j",
    (metadata) => expect(read({ metadata })).toEqual([]),
  );

  it("turns invalid_instance into an error that tells how to switch the check off", () => {
    expect(() => read({ error: "invalid_instance", error_description: "AADSTS50049: unknown host" })).toThrow(
      expect.objectContaining({
        code: "invalid_instance",
        retryable: false,
        correlationId: "the-id",
        response: { error: "invalid_instance", error_description: "AADSTS50049: unknown host" },
        message: expect.stringMatching(
          /"login\.contoso\.com:8443".*"validateAuthority: false".*"instanceDiscovery: false"/s,
        ) as unknown,
      }),
    );
  });

  it("passes on what else the directory refuses for", () => {
    expect(() => read({ error: "invalid_request", error_description: "AADSTS90002: no" })).toThrow(
      expect.objectContaining({
        code: "invalid_response",
        message: 'Instance discovery for "login.contoso.com:8443" was refused: invalid_request (AADSTS90002: no).',
      }),
    );
    expect(() => read({ error: "odd" })).toThrow("odd (no description)");
  });
});
