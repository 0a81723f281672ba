import { EntraError } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { findSession, withSession } from "../login/browser-session.ts";
import { abandonSignIn } from "../login/finish.ts";
import { resume } from "../login/resume.ts";
import { showNextStep } from "../login/show.ts";
import { deviceCodePage } from "../pages/device-code.ts";
import { htmlResponse } from "../responses.ts";
import type { DeviceRequest } from "../state/device-codes.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** Where the user types the code that a device shows. */
export const deviceLoginEndpoint: Endpoint = {
  name: "devicelogin",
  paths: ["/devicelogin"],
  methods: ["GET", "POST"],
  errors: "page",
  handle: deviceLogin,
};

function deviceLogin(world: World, exchange: Exchange): Response {
  const action = `${exchange.origin}/devicelogin`;
  if (exchange.method === "GET") return htmlResponse(deviceCodePage({ action, userCode: exchange.query["otc"] }));
  const typed = exchange.form["otc"] ?? "";
  try {
    return beginSignIn(world, exchange, world.deviceCodes.byUserCode(typed));
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    exchange.record.error = error.message;
    return htmlResponse(deviceCodePage({ action, userCode: typed, error: error.message }));
  }
}

function beginSignIn(world: World, exchange: Exchange, device: DeviceRequest): Response {
  const { place, tenant, client, scopes } = device;
  const session = findSession(world, exchange) ?? world.sessions.create();
  const nothing = { prompt: undefined, loginHint: undefined, domainHint: undefined, maxAge: undefined };
  const purpose = { kind: "device" as const, device };
  const signIn = world.signIns.start({ place, tenant, client, scopes, claims: [], purpose, ...nothing }, session);
  resume(world, signIn);
  try {
    return withSession(showNextStep(world, exchange, signIn), session, exchange);
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    return withSession(abandonSignIn(world, exchange, signIn, error), session, exchange);
  }
}
