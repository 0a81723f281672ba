import { wholeItem } from "../difference.ts";
import type { Explanation } from "../explain.ts";
import { throttlingFlows } from "../flows/throttling.ts";

const throttled = throttlingFlows.map(({ name }) => name);

/** What the libraries do after a refusal. */
export const refusalsExplained: readonly Explanation[] = [
  {
    fact: "B6.3",
    because: "A user's realm is asked for each time, since it tells where a password goes.",
    flows: [
      "the same call after a refusal, and a minute later",
      "another password after a refusal",
      "the same call after a busy server, a public client's",
    ],
    details: [{ field: wholeItem, python: undefined, ours: "userrealm" }],
  },
  {
    fact: "B2.4",
    because: "A refusal that comes again out of memory is told to nobody, and a server's failure is told.",
    flows: throttled,
    details: [
      {
        field: "header.x-client-last-telemetry",
        python: /^4\|0\|\d+,<call \d>,\d+,<(uuid|call \d)>\|(\w+),\2\|$/,
        ours: /^4\|0\|\d+,<call \d>\|\w+\|$/,
      },
      { field: "header.x-client-last-telemetry", python: "4|0|||", ours: /^4\|0\|\d+,<call \d>\|server_error\|$/ },
    ],
  },
  {
    fact: "B6.3",
    because: "A confidential client comes back after five seconds where the server names no time.",
    flows: ["the same call after a busy server, a confidential client's"],
    details: [
      { field: wholeItem, python: undefined, ours: "token client_credentials" },
      { field: "outcome", python: "refused with temporarily_unavailable", ours: "a token" },
      { field: wholeItem, python: undefined, ours: /^AccessToken / },
      { field: wholeItem, python: undefined, ours: /^AppMetadata / },
    ],
  },
  {
    fact: "B7.1",
    because: "One user's busy server is not another one's.",
    flows: ["another user's password while the server is busy"],
    details: [
      { field: wholeItem, python: undefined, ours: "token password" },
      { where: "userrealm", field: "header.client-request-id", python: "<uuid>", ours: "<call 2>" },
      { field: "outcome", python: "refused with temporarily_unavailable", ours: "refused with invalid_grant" },
    ],
  },
  {
    fact: "B7.2",
    because: "A server may say by a date when to come back.",
    flows: ["a busy server that says when to come back by a date"],
    details: [{ field: "outcome", python: "an exception", ours: "refused with temporarily_unavailable" }],
  },
];
