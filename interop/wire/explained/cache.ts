import { wholeItem } from "../difference.ts";
import type { Explanation } from "../explain.ts";

/** What the libraries keep, and find again. */
export const cacheExplained: readonly Explanation[] = [
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
    fact: "B4.6",
    because: "What ADFS gives is filed under the scopes as they were asked for, and so is found again.",
    flows: [
      "a code at ADFS",
      "a code at ADFS in capitals",
      "a password at ADFS",
      "a password at ADFS in capitals",
      "a device code at ADFS",
    ],
    details: [
      {
        field: wholeItem,
        python: /^(Access|Refresh)Token \S+ adfs\S+ \S+ (adfs )?Orders\.Read openid$/,
        ours: undefined,
      },
      {
        field: wholeItem,
        python: undefined,
        ours: /^(Access|Refresh)Token \S+ adfs\S+ \S+ (adfs )?api:\/\/orders\/Orders\.Read openid$/,
      },
      { where: "refresh_token", field: "header.x-client-current-telemetry", python: "4|84,2|", ours: "4|84,1|" },
      { where: "refresh_token", field: "header.x-client-last-telemetry", python: "4|0|||", ours: "4|1|||" },
      { field: wholeItem, python: "token refresh_token", ours: undefined },
    ],
  },
  {
    fact: "B4.4",
    because: "The name of a B2C user is the first of the e-mail addresses.",
    details: [{ where: "b2c_1", field: "username", python: "", ours: /@/ }],
  },
  {
    fact: "B4.7",
    because: "An aging token is given at once, which counts as a hit, and renewed in the background.",
    flows: ["silently an aging token", "silently an aging token that is not renewed"],
    details: [{ field: "header.x-client-last-telemetry", python: "4|0|||", ours: "4|1|||" }],
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
