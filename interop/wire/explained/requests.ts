import type { Explanation } from "../explain.ts";

/** How requests are written, and what applications prove themselves with. */
export const requestsExplained: readonly Explanation[] = [
  {
    fact: "B2.3",
    because: "Each library gives its own name and version, and ours does not tell the processor.",
    details: [
      { field: "header.x-client-sku", python: "MSAL.Python", ours: "msal-ts" },
      { field: "header.x-client-ver", python: "1.21.0", ours: /^\d+\.\d+\.\d+/ },
      { field: "header.x-client-cpu", python: /^x/, ours: undefined },
    ],
  },
  {
    fact: "B2.3",
    because: "Ours sends these headers with every request, the reference not with those for metadata.",
    details: [
      ...["openid-configuration", "instance", "userrealm"].flatMap((where) => [
        { where, field: "header.x-client-os", python: undefined, ours: /./ },
        { where, field: "header.x-client-sku", python: undefined, ours: "msal-ts" },
        { where, field: "header.x-client-ver", python: undefined, ours: /./ },
        { where, field: "header.x-ms-lib-capability", python: undefined, ours: /./ },
      ]),
      ...["openid-configuration", "instance"].flatMap((where) => [
        { where, field: "header.accept", python: "*/*", ours: "application/json" },
        { where, field: "header.client-request-id", python: undefined, ours: /^<(call \d|uuid)>$/ },
      ]),
      { where: "openid-configuration", field: "header.x-app-name", python: undefined, ours: /./ },
      { where: "openid-configuration", field: "header.x-app-ver", python: undefined, ours: /./ },
    ],
  },
  {
    fact: "B2.1",
    because: "Ours names the charset of a form, and asks the device authorization endpoint for JSON too.",
    details: [
      { where: "devicecode", field: "header.accept", python: "*/*", ours: "application/json" },
      {
        field: "header.content-type",
        python: "application/x-www-form-urlencoded",
        ours: "application/x-www-form-urlencoded;charset=utf-8",
      },
    ],
  },
  {
    fact: "B7.7",
    because:
      "The thumbprint is not padded, certificates stand on one line, times are whole seconds, and there is a time from which the assertion is valid.",
    details: [
      { field: "assertion.header.x5t padded", python: "true", ours: "false" },
      { field: "assertion.header.x5c with line breaks", python: "true", ours: "false" },
      { field: "assertion.claims.iat", python: "0 s", ours: "-0.25 s" },
      { field: "assertion.claims.exp", python: "600 s", ours: "599.75 s" },
      { field: "assertion.claims.nbf", python: undefined, ours: "-0.25 s" },
    ],
  },
  {
    fact: "B3.2",
    because: "Where the certificate is known, its SHA-256 names it and PS256 signs.",
    details: [
      { field: "assertion.header.alg", python: "RS256", ours: "PS256" },
      { field: "assertion.header.x5t", python: /./, ours: undefined },
      { field: "assertion.header.x5t padded", python: "true", ours: undefined },
      { field: "assertion.header.x5t#S256", python: undefined, ours: /^[\w-]{43}$/ },
    ],
  },
];
