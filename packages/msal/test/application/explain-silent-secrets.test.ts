import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PublicClientApplication, SerializableTokenCache } from "../../src/index.ts";
import { leaks, markedSecret, plainSecret } from "../support/marked-secrets.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { authority, clientId, host, tenantId } from "../support/token-answers.ts";

const secretsArbitrary = fc.record({
  token: markedSecret,
  key: markedSecret,
  hash: markedSecret,
  extra: markedSecret,
  username: markedSecret,
  name: markedSecret,
  claim: markedSecret,
  // Other providers may use an e-mail address as the subject, so of a user's id that is no GUID nothing may show.
  subject: plainSecret,
});
type Secrets = typeof secretsArbitrary extends fc.Arbitrary<infer T> ? T : never;

function cacheWith({ token, key, hash, username, name, subject }: Secrets, clock: ManualClock): SerializableTokenCache {
  const home = { home_account_id: subject, environment: host };
  const entry = { ...home, client_id: clientId, secret: token, target: "User.Read", mark: token };
  const access = {
    ...entry,
    credential_type: "AccessToken",
    realm: tenantId,
    token_type: "Bearer",
    cached_at: String(clock.now() / 1000),
    expires_on: String(clock.now() / 1000 + 3600),
  };
  const cache = new SerializableTokenCache({ clock });
  cache.deserialize(
    JSON.stringify({
      AccessToken: {
        good: access,
        bound: { ...access, key_id: key },
        exchanged: { ...access, user_assertion_hash: hash },
        // Another library may have put a token where none belongs.
        odd: { ...access, target: `Mail.Read access_token=${token.replaceAll(/[&\s"]/g, "")}` },
        of_another: { ...access, home_account_id: `${subject}.${subject}` },
      },
      RefreshToken: {
        own: { ...entry, credential_type: "RefreshToken" },
        sibling: { ...entry, credential_type: "RefreshToken", client_id: "sibling", family_id: "2" },
        of_another: { ...entry, credential_type: "RefreshToken", home_account_id: `${subject}.${subject}` },
      },
      IdToken: { id: { ...entry, credential_type: "IdToken", realm: tenantId } },
      Account: {
        user: { ...home, realm: tenantId, local_account_id: subject, username, name, authority_type: "MSSTS" },
      },
      AppMetadata: {},
    }),
  );
  return cache;
}

describe("B5.14 an explanation", () => {
  it("B4.12 shows no token, no key, no assertion, no claim, no value of data, and nothing of who the user is", async () => {
    const run = fc.asyncProperty(secretsArbitrary, fc.boolean(), async (secrets, isForced) => {
      const clock = new ManualClock();
      const tokenCache = cacheWith(secrets, clock);
      const fetchNothing = (): Promise<Response> => Promise.reject(new Error("Nothing may be asked"));
      const options = { clientId, tokenCache, clock, fetch: fetchNothing };
      const { subject, username, name, extra, key, claim } = secrets;
      const account = {
        homeAccountId: subject,
        environment: host,
        tenantId,
        localAccountId: subject,
        username,
        name,
        authorityType: "MSSTS",
      };
      for (const tenant of [authority, `https://${host}/common`, `https://${host}/contoso.com`]) {
        const app = new PublicClientApplication({ ...options, authority: tenant });
        const explanation = await app.explainSilent(["User.Read"], account, {
          forceRefresh: isForced,
          data: { extra, ...(isForced && { key_id: key }) },
          ...(isForced && { claimsChallenge: JSON.stringify({ access_token: { [claim]: { value: claim } } }) }),
        });
        expect(explanation.refreshTokens.total).toBe(3 - explanation.attempts.length);
        expect(leaks({ explanation, text: explanation.text })).toEqual([]);
      }
    });
    await fc.assert(run, { numRuns: 100 });
  });
});
