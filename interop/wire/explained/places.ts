import { wholeItem } from "../difference.ts";
import type { Explanation } from "../explain.ts";

const metadata = /^openid-configuration of /;
const machine = "metadata-service";
const typesWithRealm = ["AccessToken", "IdToken", "Account"];

/** Where the libraries go. */
export const placesExplained: readonly Explanation[] = [
  {
    fact: "B1.6",
    because: "Nothing is asked in a constructor, so a flow that needs no metadata asks for none.",
    flows: ["silently for an app that has nothing", "what was kept under another name of the cloud"],
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
    fact: "B7.8",
    because: "A slash at the end of an authority is not doubled.",
    details: [{ where: "openid-configuration", field: "path", python: /\w\/\/v2\.0\//, ours: /\w\/v2\.0\// }],
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
    fact: "B7.8",
    because: "ADFS in capitals is ADFS.",
    details: [
      {
        where: "openid-configuration",
        field: "path",
        python: /^\/ADFS\/v2\.0\/\.well-known/,
        ours: /^\/ADFS\/\.well-known/,
      },
    ],
  },
  {
    fact: "B1.2",
    because: "The tenant of dSTS is the segment after dstsv2.",
    flows: ["a code at dSTS", "an app token at dSTS", "a password at dSTS"],
    details: typesWithRealm.flatMap((type) => [
      { field: wholeItem, python: new RegExp(`^${type} .*\\bdstsv2\\b`), ours: undefined },
      { field: wholeItem, python: undefined, ours: new RegExp(`^${type} .* c0000001-`) },
    ]),
  },
  {
    fact: "B1.2",
    because: "External ID is known by its host.",
    flows: ["External ID, of which nobody said what it is"],
    details: [
      { field: wholeItem, python: /^instance of /, ours: undefined },
      { field: wholeItem, python: undefined, ours: metadata },
      { field: wholeItem, python: undefined, ours: "token client_credentials" },
      { field: "outcome", python: "an exception", ours: "a token" },
      { field: wholeItem, python: undefined, ours: /^AccessToken / },
      { field: wholeItem, python: undefined, ours: /^AppMetadata / },
    ],
  },
];
