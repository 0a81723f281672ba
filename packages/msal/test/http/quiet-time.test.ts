import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../../src/http/http-client.ts";
import { type QuietTime, quietTimeAfter } from "../../src/http/quiet-time.ts";
import { type FakeAnswer, httpResponse } from "../support/fake-http.ts";
import { tokenRequest } from "./request.ts";

const now = Date.UTC(2026, 0, 1) / 1000;
const form = { "content-type": "application/x-www-form-urlencoded;charset=utf-8" };
const request = tokenRequest({ headers: form, body: "grant_type=refresh_token" });
const poll = tokenRequest({
  headers: form,
  body: "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d",
});
const soap = tokenRequest({ headers: { "content-type": "application/soap+xml" }, body: "<s:Envelope/>" });
const fault = "<s:Envelope><s:Body><s:Fault><s:Code/></s:Fault></s:Body></s:Envelope>";

function after(answer: FakeAnswer, asked: HttpRequest = request): QuietTime | undefined {
  return quietTimeAfter(asked, httpResponse(answer), { now, unnamed: 60 });
}

describe("after an answer the owner is quiet (B6.3)", () => {
  it.each([429, 500, 502, 503, 504, 599])("for the default time when a %i names none", (status) => {
    expect(after({ status })).toEqual({ holdsFor: "owner", seconds: 60 });
  });

  it.each([400, 401, 403, 404, 429, 500, 503])("for as long as a %i asks by Retry-After", (status) => {
    expect(after({ status, headers: { "retry-after": "7" } })).toEqual({ holdsFor: "owner", seconds: 7 });
  });

  it("until the date that the server names, by its own clock (B7.2)", () => {
    const headers = { "retry-after": "Thu, 01 Jan 2026 00:02:00 GMT" };
    expect(after({ status: 429, headers })).toEqual({ holdsFor: "owner", seconds: 120 });
    const ahead = { ...headers, date: "Thu, 01 Jan 2026 00:01:30 GMT" };
    expect(after({ status: 429, headers: ahead })).toEqual({ holdsFor: "owner", seconds: 30 });
  });

  it("never for more than an hour", () => {
    expect(after({ status: 429, headers: { "retry-after": "99999" } })?.seconds).toBe(3600);
    const headers = { "retry-after": "Fri, 01 Jan 2027 00:00:00 GMT" };
    expect(after({ status: 429, headers })?.seconds).toBe(3600);
  });

  it("for the default time where Retry-After says nothing", () => {
    expect(after({ status: 429, headers: { "retry-after": "soon" } })?.seconds).toBe(60);
  });

  it("not at all when the server says that it may ask at once", () => {
    expect(after({ status: 429, headers: { "retry-after": "0" } })).toBeUndefined();
    expect(after({ status: 429, headers: { "retry-after": "Wed, 31 Dec 2025 23:59:59 GMT" } })).toBeUndefined();
  });
});

describe("after an answer the same request is refused again (B6.3)", () => {
  it("for a minute after a 400", () => {
    expect(after({ status: 400 })).toEqual({ holdsFor: "request", seconds: 60 });
  });

  it("after a SOAP fault, whose status is always 500, and not the user's next try", () => {
    expect(after({ status: 500, body: fault }, soap)).toEqual({ holdsFor: "request", seconds: 60 });
    expect(after({ status: 500, body: "<Fault >" }, soap)?.holdsFor).toBe("request");
  });

  it("but a failing server is one, with SOAP or without", () => {
    expect(after({ status: 503, body: fault }, soap)?.holdsFor).toBe("owner");
    expect(after({ status: 500, body: "<html>Faulty</html>" }, soap)?.holdsFor).toBe("owner");
    expect(after({ status: 500, body: fault })?.holdsFor).toBe("owner");
  });
});

describe("nothing is held back (B6.3)", () => {
  it.each([200, 204, 302])("after a %i, even with Retry-After (B7.2)", (status) => {
    expect(after({ status, headers: status === 204 ? {} : { "retry-after": "60" } })).toBeUndefined();
  });

  it.each([401, 403, 404])("after a %i that names no time", (status) => {
    expect(after({ status })).toBeUndefined();
  });

  it("after a 400 to a question about a device code", () => {
    expect(after({ status: 400, json: { error: "expired_token" } }, poll)).toBeUndefined();
    expect(after({ status: 503 }, poll)?.holdsFor).toBe("owner");
    expect(after({ status: 400, headers: { "retry-after": "3" } }, poll)?.holdsFor).toBe("owner");
  });

  it.each(["authorization_pending", "slow_down"])("after %s, whatever comes with it", (error) => {
    expect(after({ status: 400, json: { error } })).toBeUndefined();
    expect(after({ status: 429, json: { error }, headers: { "retry-after": "60" } }, poll)).toBeUndefined();
  });
});
