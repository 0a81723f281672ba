import { EntraError, entraError } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { findSession } from "../login/browser-session.ts";
import { abandonSignIn } from "../login/finish.ts";
import { isFresh } from "../login/resume.ts";
import { showNextStep } from "../login/show.ts";
import type { SignIn } from "../login/sign-ins.ts";
import { nextStep } from "../login/steps.ts";
import { pathsOf } from "../place.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** Takes the forms of the sign-in pages, one step at a time. */
export const loginEndpoint: Endpoint = {
  name: "login",
  paths: pathsOf("login"),
  methods: ["POST"],
  errors: "page",
  handle: login,
};

function login(world: World, exchange: Exchange): Response {
  const signIn = world.signIns.find(exchange.form["flow"], findSession(world, exchange));
  try {
    const mistake = takeAnswer(world, signIn, exchange.form);
    if (mistake !== undefined) exchange.record.error = mistake.message;
    return showNextStep(world, exchange, signIn, mistake);
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    return abandonSignIn(world, exchange, signIn, error);
  }
}

/** What the form means depends on the step that this sign-in waits at, not on what the form claims to be. */
function takeAnswer(world: World, signIn: SignIn, form: Readonly<Record<string, string>>): EntraError | undefined {
  switch (nextStep(world, signIn).kind) {
    case "account":
      return attempt(() => chooseAccount(world, signIn, form["username"] ?? ""));
    case "password":
      if (form["back"] !== undefined) signIn.user = undefined;
      else return attempt(() => checkPassword(world, signIn, form["password"] ?? ""));
      return undefined;
    case "mfa":
      return attempt(() => checkOneTimeCode(signIn, form["otp"] ?? ""));
    case "device":
      if (form["decision"] !== "continue") throw entraError(65004);
      signIn.deviceConfirmed = true;
      return undefined;
    case "consent":
      if (form["decision"] !== "accept") throw entraError(65004);
      signIn.consented = true;
      return undefined;
    case "done":
      return undefined;
  }
}

/** A mistake that the user can mend on the same page. */
function attempt(action: () => void): EntraError | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof EntraError) return error;
    throw error;
  }
}

function chooseAccount(world: World, signIn: SignIn, username: string): void {
  const user = world.directory.user(username, signIn.tenant);
  const known = signIn.session.signedIn.get(user.oid);
  signIn.user = user;
  signIn.proof = known !== undefined && isFresh(world, signIn, known) ? known : undefined;
}

function checkPassword(world: World, signIn: SignIn, password: string): void {
  const { user } = signIn;
  if (user === undefined) return;
  world.passwords.check(user, password);
  prove(signIn, { user, methods: ["pwd"], signedInAt: world.clock.now() });
}

function checkOneTimeCode(signIn: SignIn, otp: string): void {
  const { proof } = signIn;
  if (proof === undefined) return;
  if (otp !== proof.user.otp) throw entraError(500121);
  prove(signIn, { ...proof, methods: [...proof.methods, "mfa"] });
}

function prove(signIn: SignIn, proof: NonNullable<SignIn["proof"]>): void {
  signIn.proof = proof;
  signIn.session.signedIn.set(proof.user.oid, proof);
}
