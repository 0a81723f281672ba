import { wholeItem } from "./difference.ts";
import type { Explanation } from "./explain.ts";

const metadata = /^openid-configuration of /;
const machine = "metadata-service";
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
    fact: "B1.6",
    because: "Nothing is asked in a constructor, so a flow that needs no metadata asks for none.",
    flows: ["silently for an app that has nothing"],
    details: [{ field: wholeItem, python: metadata, ours: undefined }],
  },
  {
    fact: "B1.5",
    because: "Metadata that a server failed to give is asked for again, and a call that needs none does without.",
    flows: ["metadata that a server fails to give"],
    details: [
      { field: wholeItem, python: undefined, ours: metadata },
      { field: wholeItem, python: undefined, ours: "token client_credentials" },
      { field: "outcome", python: "an exception", ours: "0 of them" },
      { field: "outcome", python: "an exception", ours: "a token" },
      { field: wholeItem, python: undefined, ours: /^AccessToken / },
      { field: wholeItem, python: undefined, ours: /^AppMetadata / },
    ],
  },
  {
    fact: "B1.7",
    because: "The names of the public clouds ship with the library, so nobody is asked for them.",
    flows: [
      "at the public cloud by another name",
      "what was kept under another name of the cloud",
      "signed out under both names of the cloud",
    ],
    details: [{ field: wholeItem, python: /^instance of login\.microsoftonline\.com$/, ours: undefined }],
  },
  {
    fact: "B1.7",
    because: "Another name of the cloud is asked for its metadata once, by all applications of one cloud alike.",
    flows: ["what was kept under another name of the cloud"],
    details: [{ field: wholeItem, python: metadata, ours: undefined }],
  },
  {
    fact: "B1.4",
    because: "The question whether a host is known is the question for its other names, in one version.",
    details: [{ where: "instance", field: "query.api-version", python: "1.0", ours: "1.1" }],
  },
  {
    fact: "B1.8",
    because:
      "With a region neither the central metadata is asked for, nor, where it is given, the machine for its own.",
    flows: [
      "an app token in a region",
      "an app token in the region that the environment names",
      "an app token in the region that the machine names",
      "an app token in a government's region",
      "an app token in a region, twice",
    ],
    details: [
      { field: wholeItem, python: /^openid-configuration of login\.microsoftonline\.(com|us)$/, ours: undefined },
      { field: wholeItem, python: machine, ours: undefined },
    ],
  },
  {
    fact: "B1.8",
    because: "The region is a matter of client credentials, and nothing is asked for it in other flows.",
    flows: ["a user in a region"],
    details: [
      { field: wholeItem, python: "openid-configuration of westus2.login.microsoft.com", ours: undefined },
      { field: wholeItem, python: machine, ours: undefined },
    ],
  },
  {
    fact: "B1.8",
    because: "What the machine answers is a region only when it is one, and comes with success.",
    flows: ["an app token on a machine whose metadata service fails"],
    details: [
      { field: wholeItem, python: "openid-configuration of failed.login.microsoft.com", ours: undefined },
      { field: "host", python: "failed.login.microsoft.com", ours: "login.microsoftonline.com" },
    ],
  },
  {
    fact: "B5.12",
    because: "A Cloud Shell is asked for JSON, under the call's id, and the cloud for nothing.",
    flows: ["a token of the shell", "a token of the shell that tells nothing"],
    details: [
      { field: wholeItem, python: metadata, ours: undefined },
      { where: "cloud-shell", field: "header.accept", python: "*/*", ours: "application/json" },
      { where: "cloud-shell", field: "header.client-request-id", python: undefined, ours: /^<call \d>$/ },
    ],
  },
  {
    fact: "B5.12",
    because:
      "Ours reads no access token, so the shell's user has one name; the reference takes names out of a token that can be read.",
    flows: ["a token of the shell"],
    details: ["AccessToken", "Account"].flatMap((type) => [
      { field: wholeItem, python: new RegExp(`^${type} a0000001-`), ours: undefined },
      { field: wholeItem, python: undefined, ours: new RegExp(`^${type} user\\.cloudshell `) },
    ]),
  },
  {
    fact: "B7.8",
    because: "A slash at the end of an authority is not doubled.",
    details: [{ where: "openid-configuration", field: "path", python: /\w\/\/v2\.0\//, ours: /\w\/v2\.0\// }],
  },
  {
    fact: "B5.5",
    because: "A refused start of the device code flow throws, and a code whose time has run out is expired_token.",
    flows: ["a device code that is refused", "a device code whose time runs out"],
    details: [
      { field: "outcome", python: "refused with invalid_request", ours: "an exception" },
      { field: "outcome", python: "refused with authorization_pending", ours: "refused with expired_token" },
    ],
  },
  {
    fact: "B7.5",
    because: "Signing out leaves nothing of the user under any name of the cloud.",
    flows: ["signed out under both names of the cloud"],
    details: [
      { field: "outcome", python: "1 of them", ours: "0 of them" },
      { field: wholeItem, python: /^AccessToken \S+ login\.windows\.net /, ours: undefined },
      { field: wholeItem, python: /^RefreshToken \S+ login\.windows\.net /, ours: undefined },
      { field: wholeItem, python: /^IdToken \S+ login\.windows\.net /, ours: undefined },
      { field: wholeItem, python: /^Account \S+ login\.windows\.net /, ours: undefined },
    ],
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
      ...(where === "mex" ? [{ where, field: "header.accept", python: "*/*", ours: /xml/ }] : []),
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
