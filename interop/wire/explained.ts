import { wholeItem } from "./difference.ts";
import type { Explanation } from "./explain.ts";

const jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** All differences on the wire and in the cache that are meant to be. One that no longer occurs has to go. */
export const explained: readonly Explanation[] = [
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
      { where: "openid-configuration", field: "header.accept", python: "*/*", ours: "application/json" },
      {
        where: "openid-configuration",
        field: "header.client-request-id",
        python: undefined,
        ours: /^<(call \d|uuid)>$/,
      },
      { where: "openid-configuration", field: "header.x-client-os", python: undefined, ours: /./ },
      { where: "openid-configuration", field: "header.x-client-sku", python: undefined, ours: "msal-ts" },
      { where: "openid-configuration", field: "header.x-client-ver", python: undefined, ours: /./ },
      { where: "openid-configuration", field: "header.x-ms-lib-capability", python: undefined, ours: /./ },
      { where: "openid-configuration", field: "header.x-app-name", python: undefined, ours: /./ },
      { where: "openid-configuration", field: "header.x-app-ver", python: undefined, ours: /./ },
      { where: "userrealm", field: "header.x-client-os", python: undefined, ours: /./ },
      { where: "userrealm", field: "header.x-client-sku", python: undefined, ours: "msal-ts" },
      { where: "userrealm", field: "header.x-client-ver", python: undefined, ours: /./ },
      { where: "userrealm", field: "header.x-ms-lib-capability", python: undefined, ours: /./ },
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
    fact: "B1.6",
    because: "Nothing is asked in a constructor, so a flow that needs no metadata asks for none.",
    flows: ["silently for an app that has nothing"],
    details: [{ field: wholeItem, python: "openid-configuration", ours: undefined }],
  },
  {
    fact: "B7.8",
    because: "The user realm is asked at the authority's port, the name written as a segment of a path.",
    details: [
      { where: "userrealm", field: "host", python: "localhost", ours: "localhost:<port>" },
      { where: "userrealm", field: "path", python: /^[^%]+@[^%]+$/, ours: /^[^@]+%40[^@]+$/ },
    ],
  },
  {
    fact: "B7.9",
    because: "What a federated user's assertion is traded for is routed by the user's name.",
    flows: ["a federated user's password"],
    details: [{ where: "saml1_1-bearer", field: "header.x-anchormailbox", python: undefined, ours: /^upn:fay@/ }],
  },
  {
    fact: "B5.6",
    because: "Of a federated identity provider ours asks with its usual headers, the reference with none.",
    details: ["mex", "wstrust"].flatMap((where) => [
      { where, field: "header.accept", python: "*/*", ours: where === "mex" ? /xml/ : undefined },
      { where, field: "header.client-request-id", python: undefined, ours: "<call 1>" },
      { where, field: "header.x-client-os", python: undefined, ours: /./ },
      { where, field: "header.x-client-sku", python: undefined, ours: "msal-ts" },
      { where, field: "header.x-client-ver", python: undefined, ours: /./ },
      { where, field: "header.x-ms-lib-capability", python: undefined, ours: /./ },
      // It follows from the port that was dropped at the user realm (B7.8).
      { where, field: "host", python: "localhost", ours: "localhost:<port>" },
    ]),
  },
  {
    fact: "B5.7",
    because: "A second call for an app token is answered from the cache.",
    flows: ["an app token twice, and silently"],
    details: [{ field: wholeItem, python: "token client_credentials", ours: undefined }],
  },
  {
    fact: "B5.7",
    because: "Ours looks into the cache first, and tells the provider why that was of no use.",
    details: [
      {
        where: "client_credentials",
        field: "header.x-client-current-telemetry",
        python: "4|730,0|",
        ours: /^4\|730,[12]\|$/,
      },
    ],
  },
  {
    fact: "B5.8",
    because: "A second call with the same incoming token is answered from the cache.",
    flows: ["on behalf of a user twice"],
    details: [{ field: wholeItem, python: `token ${jwtBearer}`, ours: undefined }],
  },
  {
    fact: "B5.8",
    because: "Tokens got on behalf of a user are filed under the hash of the incoming token, and looked up there.",
    details: [
      { where: jwtBearer, field: "header.x-client-current-telemetry", python: "4|523,0|", ours: /^4\|523,[12]\|$/ },
      { where: "AccessToken", field: "key", python: /-<target>$/, ours: /-<target>-[0-9a-f]{64}$/ },
      { where: "AccessToken", field: "user_assertion_hash", python: undefined, ours: /^[0-9a-f]{64}$/ },
    ],
  },
  {
    fact: "B4.7",
    because: "An aging token is given at once, which counts as a hit, and renewed in the background.",
    flows: ["silently an aging token", "silently an aging token that is not renewed"],
    details: [{ field: "header.x-client-last-telemetry", python: "4|0|||", ours: "4|1|||" }],
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
  {
    fact: "B4.5",
    because: "Ours sorts the scopes of an entry.",
    details: [{ field: "target's order", python: "as it came", ours: "sorted" }],
  },
  {
    fact: "B4.3",
    because: "Ours keeps the user's full name with the account.",
    details: [{ where: "Account", field: "name", python: undefined, ours: /./ }],
  },
  {
    fact: "B4.1",
    because: "The key of a bound token ends with the name of what it is bound to.",
    details: [{ where: "AccessToken", field: "key", python: /-<target>$/, ours: /-<target>-key-[12]$/ }],
  },
  {
    fact: "B7.4",
    because: "So ours keeps what the reference replaces: the bearer token, and one for each key.",
    flows: ["certificates silently"],
    details: [{ where: "AccessToken", field: wholeItem, python: undefined, ours: /^AccessToken / }],
  },
];
