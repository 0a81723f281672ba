import { describe, expect, it } from "vitest";
import { maskUser } from "../../src/application/masked-user.ts";

const user = "1f2e3d4c-0000-4000-8000-00000000a11c";
const tenant = "9188040d-6c67-4c5b-b112-36a304b66dad";

describe("B5.14 a masked user", () => {
  it.each([
    ["the first block of an object id and the home tenant", `${user}.${tenant}`, `1f2e3d4c….${tenant}`],
    ["no policy of Azure AD B2C", `${user}-b2c_1_signin.${tenant}`, `1f2e3d4c….${tenant}`],
    ["nothing of a subject of another provider", "alice", "…"],
    ["nothing of an e-mail address", "alice.adams@contoso.com", "….….…"],
    ["nothing of what only begins like a GUID", "1f2e3d4c", "…"],
  ])("shows %s", (_, homeAccountId, masked) => {
    expect(maskUser(homeAccountId)).toBe(masked);
  });
});
