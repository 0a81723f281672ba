import type { EmulatorUser } from "../directory.ts";
import type { SignedIn } from "../state/sessions.ts";
import type { World } from "../world.ts";
import type { SignIn } from "./sign-ins.ts";
import { grantOf } from "./steps.ts";

/** Takes over what the browser already knows: who is signed in here, and whom the application hinted at. */
export function resume(world: World, signIn: SignIn): void {
  const hinted = hintedUser(world, signIn);
  const known = signedInHere(world, signIn).filter(({ user }) => hinted === undefined || user === hinted);
  if (signIn.prompt === "select_account" || signIn.prompt === "create") return;
  signIn.user = hinted ?? (known.length === 1 ? known[0]?.user : undefined);
  signIn.proof = known.find((each) => each.user === signIn.user && isFresh(world, signIn, each));
}

/** The accounts of this browser that the request may use. */
export function signedInHere(world: World, signIn: SignIn): SignedIn[] {
  const allowed = allowedUsers(world, signIn);
  return [...signIn.session.signedIn.values()].filter(({ user }) => allowed.includes(user));
}

/** False when the user has to type the password again. */
export function isFresh(world: World, signIn: SignIn, proof: SignedIn): boolean {
  if (signIn.prompt === "login") return false;
  const age = world.clock.now() - proof.signedInAt;
  if (signIn.maxAge !== undefined && age > signIn.maxAge * 1000) return false;
  const attempts = signIn.scopes.resources.map(({ api }) => ({
    client: signIn.client,
    api,
    grant: grantOf(world, signIn, proof),
    claims: signIn.claims,
  }));
  return !world.policies.asksForPassword(attempts);
}

function hintedUser(world: World, signIn: SignIn): EmulatorUser | undefined {
  const hint = signIn.loginHint?.toLowerCase();
  return allowedUsers(world, signIn).find((user) => user.username.toLowerCase() === hint);
}

/** `domain_hint` is a domain, `consumers` or `organizations`. */
function allowedUsers(world: World, signIn: SignIn): EmulatorUser[] {
  const hint = signIn.domainHint?.toLowerCase();
  return world.directory.usersOf(signIn.tenant).filter((user) => {
    const { domain, kind } = world.directory.tenant(user.tenantId);
    if (hint === "consumers" || hint === "organizations") return (kind === "consumers") === (hint === "consumers");
    return hint === undefined || hint === domain;
  });
}
