import type { EmulatorApp, ScopeConfig } from "../directory.ts";
import { entraError } from "../errors.ts";
import type { SignedIn } from "../state/sessions.ts";
import type { SignInGrant } from "../state/sign-in-grant.ts";
import { requestedValues } from "../claims-parameter.ts";
import type { World } from "../world.ts";
import type { SignIn } from "./sign-ins.ts";

/** What the user has to do next. */
export type Step =
  | { readonly kind: "account" }
  | { readonly kind: "password" }
  | { readonly kind: "mfa" }
  | { readonly kind: "device" }
  | { readonly kind: "consent"; readonly scopes: readonly ScopeConfig[] }
  | { readonly kind: "done"; readonly grant: SignInGrant };

/** Finds the next step. Throws what no step can mend: a blocking policy, or consent that only an administrator gives. */
export function nextStep(world: World, signIn: SignIn): Step {
  const { user, proof } = signIn;
  if (user === undefined) return { kind: "account" };
  if (proof === undefined) return { kind: "password" };
  if (needsMfa(world, signIn, proof)) return { kind: "mfa" };
  const grant = grantOf(world, signIn, proof);
  for (const api of apisOf(signIn)) {
    world.policies.checkSignIn({ client: signIn.client, api, grant, claims: signIn.claims });
  }
  if (signIn.purpose.kind === "device" && !signIn.deviceConfirmed) return { kind: "device" };
  const scopes = scopesToConsent(world, signIn, proof);
  if (scopes.length > 0) return { kind: "consent", scopes };
  return { kind: "done", grant };
}

/** What the sign-in has proved so far. */
export function grantOf(world: World, signIn: SignIn, proof: SignedIn): SignInGrant {
  return {
    user: proof.user,
    tenant: signIn.tenant.tenant ?? world.directory.tenant(proof.user.tenantId),
    methods: proof.methods,
    signedInAt: proof.signedInAt,
    claims: signIn.claims,
    policy: signIn.place.policy,
  };
}

/** An authentication context (`acrs`) stands for stronger authentication, so it asks for the second factor too. */
function needsMfa(world: World, signIn: SignIn, proof: SignedIn): boolean {
  if (proof.methods.includes("mfa")) return false;
  if (requestedValues(signIn.claims, "acrs").length > 0) return true;
  return world.policies.asksForMfa(proof.user, signIn.client, apisOf(signIn));
}

function scopesToConsent(world: World, signIn: SignIn, { user }: SignedIn): ScopeConfig[] {
  if (signIn.consented) return [];
  const { client, scopes } = signIn;
  const missing = scopes.resources.flatMap((asked) => world.consents.missing(user, client, asked));
  if (missing.some((scope) => scope.adminOnly)) throw entraError(90094, { name: client.name });
  if (signIn.prompt !== "consent") return missing;
  return scopes.resources.flatMap(({ api, names }) => api.scopes.filter((scope) => names.includes(scope.name)));
}

function apisOf(signIn: SignIn): EmulatorApp[] {
  return signIn.scopes.resources.map(({ api }) => api);
}
