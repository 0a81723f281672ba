import type { EntraError } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { accountPickerPage } from "../pages/account-picker.ts";
import { consentPage } from "../pages/consent.ts";
import { deviceConfirmPage } from "../pages/device-confirm.ts";
import type { FormView } from "../pages/form.ts";
import { mfaPage } from "../pages/mfa.ts";
import { passwordPage } from "../pages/password.ts";
import { htmlResponse } from "../responses.ts";
import type { World } from "../world.ts";
import { finishSignIn } from "./finish.ts";
import { signedInHere } from "./resume.ts";
import type { SignIn } from "./sign-ins.ts";
import { nextStep, type Step } from "./steps.ts";

/** Shows the page of the next step, with what was wrong with the last try, or ends the sign-in. */
export function showNextStep(world: World, exchange: Exchange, signIn: SignIn, error?: EntraError): Response {
  const step = nextStep(world, signIn);
  if (step.kind === "done") return finishSignIn(world, signIn, step.grant);
  const view = { ...formView(exchange, signIn), error: error?.message };
  return htmlResponse(pageOf(world, signIn, step, view));
}

type PageStep = Exclude<Step, { kind: "done" }>;

function pageOf(world: World, signIn: SignIn, step: PageStep, view: FormView & { error: string | undefined }): string {
  const username = signIn.user?.username ?? "";
  switch (step.kind) {
    case "account":
      return accountPickerPage({ ...view, accounts: signedInHere(world, signIn).map(({ user }) => user) });
    case "password":
      return passwordPage({ ...view, username });
    case "mfa":
      return mfaPage({ ...view, username, code: signIn.user?.otp ?? "" });
    case "consent":
      return consentPage({ ...view, username, scopes: [...step.scopes] });
    case "device":
      return deviceConfirmPage({ ...view, username, userCode: userCodeOf(signIn) });
  }
}

function formView(exchange: Exchange, signIn: SignIn): FormView {
  return {
    action: `${exchange.origin}${signIn.place.path}/login`,
    hidden: { flow: signIn.id },
    appName: signIn.client.name,
    tenantName: signIn.tenant.tenant?.name,
  };
}

function userCodeOf(signIn: SignIn): string {
  return signIn.purpose.kind === "device" ? signIn.purpose.device.userCode : "";
}
