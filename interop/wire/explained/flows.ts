import { wholeItem } from "../difference.ts";
import type { Explanation } from "../explain.ts";

const metadata = /^openid-configuration of /;
const wss = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity";
const header = "xml./{http://www.w3.org/2003/05/soap-envelope}Envelope/{http://www.w3.org/2003/05/soap-envelope}Header";
const soapTo = `${header}/{http://www.w3.org/2005/08/addressing}To`;
const usernameToken = `${header}/{${wss}-secext-1.0.xsd}Security/{${wss}-secext-1.0.xsd}UsernameToken@{${wss}-utility-1.0.xsd}Id`;
const types = ["AccessToken", "RefreshToken", "IdToken", "Account", "AppMetadata"];
const jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** What the libraries do in single flows. */
export const flowsExplained: readonly Explanation[] = [
  {
    fact: "B5.12",
    because: "A Cloud Shell is asked for JSON, under the call's id, and the cloud for nothing.",
    flows: ["a token of the shell", "a token of the shell that tells nothing"],
    details: [
      { field: wholeItem, python: metadata, ours: undefined },
      { where: "cloud-shell", field: "header.accept", python: "*/*", ours: "application/json" },
      { where: "cloud-shell", field: "header.client-request-id", python: undefined, ours: "<uuid>" },
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
    fact: "B5.5",
    because: "A refused start of the device code flow throws, and a code whose time has run out is expired_token.",
    flows: ["a device code that is refused", "a device code whose time runs out"],
    details: [
      { field: "outcome", python: "refused with invalid_request", ours: "an exception" },
      { field: "outcome", python: "refused with authorization_pending", ours: "refused with expired_token" },
    ],
  },
  {
    fact: "B7.9",
    because: "What a federated user's assertion is traded for is routed by the user's name.",
    details: ["saml1_1-bearer", "saml2-bearer"].map((where) => {
      return { where, field: "header.x-anchormailbox", python: undefined, ours: /^upn:fay@/ };
    }),
  },
  {
    fact: "B5.6",
    because: "Of a federated identity provider ours asks with its usual headers, the reference with none.",
    details: ["mex", "wstrust"].flatMap((where) => [
      ...(where === "mex" ? [{ where, field: "header.accept", python: "*/*", ours: /xml/ }] : []),
      { where, field: "header.client-request-id", python: undefined, ours: /^<(call \d|uuid)>$/ },
      { where, field: "header.x-client-os", python: undefined, ours: /./ },
      { where, field: "header.x-client-sku", python: undefined, ours: "msal-ts" },
      { where, field: "header.x-client-ver", python: undefined, ours: /./ },
      { where, field: "header.x-ms-lib-capability", python: undefined, ours: /./ },
      // It follows from the port that was dropped at the user realm (B7.8).
      { where, field: "host", python: "localhost", ours: "localhost:<port>" },
    ]),
  },
  {
    fact: "B5.6",
    because:
      "A request for an assertion names its user name token by a name of ours, which nothing refers to, and the address that it goes to.",
    details: [
      { where: "wstrust", field: usernameToken, python: "ADALUsernameToken", ours: "user" },
      {
        where: "wstrust",
        field: soapTo,
        python: /^https:\/\/localhost\/federation/,
        ours: /^https:\/\/localhost:<port>\/federation/,
      },
    ],
  },
  {
    fact: "B5.6",
    because: "A federated identity provider that refuses a password refuses, which is no exception.",
    flows: ["a federated password that is wrong", "a federated password with signs of XML"],
    details: [
      { field: wholeItem, python: metadata, ours: undefined },
      { field: "outcome", python: "an exception", ours: "refused with invalid_grant" },
    ],
  },
  {
    fact: "B5.6",
    because: "A description that fails, or is none, leaves the address that the user realm names.",
    flows: ["a federated password at a description that fails", "a federated password at a description that is none"],
    details: [
      { where: "userrealm", field: "header.client-request-id", python: "<uuid>", ours: "<call 1>" },
      // A GET that failed is sent again (B6.1).
      { field: wholeItem, python: undefined, ours: "mex" },
      { field: wholeItem, python: undefined, ours: "wstrust" },
      { field: wholeItem, python: undefined, ours: /^token \S+:saml1_1-bearer$/ },
      { field: "outcome", python: "an exception", ours: "a token" },
      ...types.map((type) => ({ field: wholeItem, python: undefined, ours: new RegExp(`^${type} `) })),
    ],
  },
  {
    fact: "B5.6",
    because: "Nobody but Entra ID is asked for a user realm.",
    flows: ["B2C", "B2C under tfp", "B2C at a host of its own", "External ID", "dSTS"].map(
      (name) => `a password at ${name}`,
    ),
    details: [{ field: wholeItem, python: "userrealm", ours: undefined }],
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
];
