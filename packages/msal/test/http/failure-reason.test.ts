import { describe, expect, it } from "vitest";
import { failureReason } from "../../src/http/failure-reason.ts";

function coded(code: string): Error {
  return Object.assign(new Error("as the platform says it"), { code });
}

describe("the reason of a failed request in words", () => {
  it.each([
    ["PROXY_AUTHENTICATION", "http://name:password@host:port"],
    ["PROXY_REFUSED", "does not let the request through"],
    ["PROXY_UNREACHABLE", "HTTPS_PROXY"],
    ["PROXY_UNUSED", "npm install undici@7"],
    ["ECONNREFUSED", "refused"],
    ["ENOTFOUND", "DNS"],
    ["EAI_AGAIN", "DNS"],
    ["EHOSTUNREACH", "no route"],
    ["ETIMEDOUT", "did not take the connection"],
    ["UND_ERR_CONNECT_TIMEOUT", "did not take the connection"],
    ["UND_ERR_HEADERS_TIMEOUT", "fell silent"],
    ["ECONNRESET", "broken off"],
    ["UND_ERR_SOCKET", "broken off"],
    ["CERT_HAS_EXPIRED", "clock of this machine"],
    ["CERT_NOT_YET_VALID", "clock of this machine"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "another host name"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "NODE_EXTRA_CA_CERTS"],
    ["SELF_SIGNED_CERT_IN_CHAIN", '"verify"'],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "NODE_EXTRA_CA_CERTS"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "NODE_EXTRA_CA_CERTS"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "NODE_EXTRA_CA_CERTS"],
    ["EPROTO", "TLS handshake"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "TLS handshake"],
    ["E_SOMETHING_NEW", "the cause says more"],
  ])("knows %s and names it", (code, words) => {
    const reason = failureReason(new TypeError("fetch failed", { cause: coded(code) }));
    expect(reason).toContain(words);
    expect(reason).toContain(`(${code})`);
  });

  it("looks into the attempts that were made at several addresses", () => {
    const attempts = new AggregateError([new Error("without a code"), coded("ECONNREFUSED")]);
    expect(failureReason(new TypeError("fetch failed", { cause: attempts }))).toContain("(ECONNREFUSED)");
  });

  it("takes the code nearest to the top", () => {
    expect(failureReason(Object.assign(coded("ECONNRESET"), { cause: coded("ENOTFOUND") }))).toContain("(ECONNRESET)");
  });

  it("repeats nothing that could quote the request", () => {
    expect(failureReason(new Error("secret=abc"))).toBe("the cause says more");
    expect(failureReason(coded("secret=abc"))).toBe("the cause says more");
    expect(failureReason("secret=abc")).toBe("the cause says more");
    expect(failureReason(undefined)).toBe("the cause says more");
  });

  it("ends when causes go round in a circle", () => {
    const error = new Error("round");
    error.cause = error;
    expect(failureReason(error)).toBe("the cause says more");
  });
});
