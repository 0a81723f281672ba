import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Authority } from "../../src/authority/authority.ts";
import { AuthorityBuilder } from "../../src/authority/builder.ts";
import { authorityAt, parseAuthority, parseOidcAuthority } from "../../src/authority/parse.ts";
import { openidConfigurationUrl } from "../../src/authority/tenant-discovery.ts";
import { buildUserRealmUrl } from "../../src/authority/user-realm.ts";
import { buildInstanceDiscoveryUrl, DEFAULT_INSTANCE_DISCOVERY } from "../../src/authority/instance-discovery.ts";
import { endingOf } from "../support/coded.ts";
import { hostileText } from "../support/hostile-json.ts";
import { leaks } from "../support/marked-secrets.ts";

const scheme = fc.constantFrom("https://", "HTTPS://", "http://", "https:", "//", "file://", "");
const host = fc.oneof(
  fc.constantFrom(
    "login.microsoftonline.com",
    "LOGIN.MicrosoftOnline.COM",
    "login.microsoftonline.com.",
    "contoso.b2clogin.com",
    "contoso.ciamlogin.com",
    ".ciamlogin.com",
    "co.dsts.core.azure-test.net",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "xn--bcher-kva.example",
    "bücher.example",
    "0x7f.1",
    "256.1.1.1",
  ),
  hostileText,
);
const port = fc.constantFrom("", ":", ":443", ":8443", ":99999", ":0");
const segment = fc.oneof(
  fc.constantFrom(
    "common",
    "contoso.com",
    "ADFS",
    "adfs",
    "dstsv2",
    "B2C_1_signin",
    "b2c_1",
    "tfp",
    ".",
    "..",
    "%2e%2e",
    "%2F",
    "\\",
    "",
    "a b",
    "{tenantid}",
  ),
  hostileText,
);

const address = fc
  .tuple(scheme, host, port, fc.array(segment, { maxLength: 5 }))
  .map(([start, name, number, segments]) => [`${start}${name}${number}`, ...segments].join("/"));

const parsers = { parseAuthority, parseOidcAuthority };

describe("any address", () => {
  it.each(Object.keys(parsers))("is an authority in one form, or refused with the option's name: %s (B1.1)", (name) => {
    const parse = parsers[name as keyof typeof parsers];
    fc.assert(
      fc.property(fc.oneof(address, hostileText), (text) => {
        const { value: authority } = endingOf(() => parse(text), "invalid_authority");
        if (authority === undefined) return;
        expect(authority.url).toMatch(/^https?:\/\/[^/]+(?:\/[^/]+)*$/);
        expect(authority.environment).toBe(authority.environment.toLowerCase());
        expect(parse(authority.url)).toEqual(authority);
        expect(parse(`${authority.url}//`)).toEqual(authority);
        for (const derived of [
          openidConfigurationUrl(authority),
          buildUserRealmUrl(authority, text),
          buildInstanceDiscoveryUrl(authority, DEFAULT_INSTANCE_DISCOVERY),
        ]) {
          expect(URL.canParse(derived)).toBe(true);
        }
        expect(new URL(openidConfigurationUrl(authority)).host).toBe(authority.host);
      }),
      { numRuns: 500 },
    );
  });

  it("may be another name of the cloud, as a directory wrote it (B1.7)", () => {
    const authority = parseAuthority("https://login.microsoftonline.com:8443/common");
    fc.assert(
      fc.property(host, (environment) => {
        const renamed = authorityAt(authority, environment);
        expect(new URL(renamed.url)).toMatchObject({ port: "8443", pathname: "/common" });
      }),
      { numRuns: 300 },
    );
  });

  it("may be put together of any parts (B1.3)", () => {
    fc.assert(
      fc.property(fc.oneof(host, address), segment, (instance, tenant) => {
        const parse = (): Authority => parseAuthority(new AuthorityBuilder(instance, tenant));
        const { value } = endingOf(parse, "invalid_authority");
        expect(URL.canParse(value?.url ?? "https://none")).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("shows no password, query or fragment when it is refused (B1.1)", () => {
    const secret = "hEaD9zQ4-secret-7tAiLq2X";
    const withSecret = fc.constantFrom(
      (text: string) => `https://user:${secret}@${text}`,
      (text: string) => `https://${secret}@${text}`,
      (text: string) => `${text}/x?secret=${secret}`,
      (text: string) => `${text}/x#${secret}`,
      (text: string) => `ftp://user:${secret}@${text}`,
    );
    fc.assert(
      fc.property(fc.oneof(host, address), withSecret, (text, write) => {
        const { error } = endingOf(() => parseAuthority(write(text)), "invalid_authority");
        expect(leaks({ error })).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
