import { randomUUID } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono, type Context } from "hono";
import { endpoints } from "./endpoints/all.ts";
import type { Endpoint } from "./endpoints/endpoint.ts";
import { EntraError, entraError } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { applyFault } from "./faults.ts";
import { messagePage } from "./pages/message.ts";
import { errorPage, errorResponse, faultResponse, htmlResponse, jsonResponse } from "./responses.ts";
import { placeOf } from "./place.ts";
import type { ScriptedAnswer, ScriptedResponse } from "./script.ts";
import type { World } from "./world.ts";

type EmulatorContext = Context<{ Bindings: HttpBindings }>;

/** Binds every endpoint to its paths. They match in any case, with doubled slashes and with one at the end. */
export function createRouter(world: World): Hono<{ Bindings: HttpBindings }> {
  const router = new Hono<{ Bindings: HttpBindings }>({ getPath: normalizedPath });
  for (const endpoint of endpoints) {
    router.on([...endpoint.methods], [...endpoint.paths], (context) => serve(world, endpoint, context));
  }
  router.all("*", (context) => serve(world, notFound, context));
  return router;
}

const notFound: Endpoint = {
  name: "unknown",
  paths: [],
  methods: [],
  errors: "page",
  handle: (_, exchange) => {
    const text = `The emulator has nothing at ${exchange.record.path} for ${exchange.method}.`;
    return htmlResponse(messagePage({ title: "Not found", text }), 404);
  },
};

function normalizedPath(request: Request): string {
  const path = new URL(request.url).pathname.replaceAll(/\/{2,}/g, "/").toLowerCase();
  return path.length > 1 ? path.replace(/\/$/, "") : path;
}

async function serve(world: World, endpoint: Endpoint, context: EmulatorContext): Promise<Response> {
  const exchange = await readExchange(world, endpoint, context);
  const response = await respond(world, endpoint, exchange, context);
  // A fault already wrote to the socket, or never will.
  if (response === RESPONSE_ALREADY_SENT) return response;
  world.log.answered(exchange.record, response.status);
  response.headers.set("date", new Date(world.clock.now()).toUTCString());
  response.headers.set("client-request-id", exchange.correlationId);
  response.headers.set("x-ms-request-id", exchange.traceId);
  return response;
}

async function respond(
  world: World,
  endpoint: Endpoint,
  exchange: Exchange,
  context: EmulatorContext,
): Promise<Response> {
  const scripted = world.script.take(exchange);
  if (scripted !== undefined && "fault" in scripted) {
    const faulty = await applyFault(scripted, context.env.outgoing);
    if (faulty !== undefined) return faulty;
  }
  if (scripted !== undefined && isResponse(scripted)) return scriptedResponse(scripted);
  try {
    const error = scripted !== undefined && "error" in scripted ? scriptedError(scripted) : undefined;
    if (error !== undefined && endpoint.name !== "authorize") throw error;
    return await endpoint.handle(world, { ...exchange, scriptedError: error });
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    exchange.record.error = error.message;
    return describers[endpoint.errors](error, exchange, world.clock.now());
  }
}

const describers = { json: errorResponse, page: errorPage, soap: faultResponse };

function isResponse(answer: ScriptedAnswer): answer is ScriptedResponse {
  return !("fault" in answer) && !("error" in answer);
}

function scriptedError(scripted: { error: number; claims?: string; suberror?: string }): EntraError {
  const { error, ...details } = scripted;
  return entraError(error, {}, details);
}

function scriptedResponse({ status = 200, headers = {}, json, body }: ScriptedResponse): Response {
  const response = body === undefined ? jsonResponse(json ?? {}, status) : new Response(body, { status });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

async function readExchange(world: World, endpoint: Endpoint, context: EmulatorContext): Promise<Exchange> {
  const url = new URL(context.req.url);
  const query = Object.fromEntries(url.searchParams);
  const headers = Object.fromEntries(context.req.raw.headers);
  const body = await context.req.text();
  const isXml = headers["content-type"]?.startsWith("application/soap+xml") ?? false;
  const form = isXml ? {} : Object.fromEntries(new URLSearchParams(body));
  const path = context.req.param();
  const place = placeOf(url);
  const tenant = "tenant" in path || place.flavour === "adfs" ? place.tenant : "";
  const { method } = context.req;
  const sent = { method, query, form, body, endpoint: endpoint.name };
  const record = world.log.add({ ...sent, path: url.pathname, tenant, headers });
  return {
    ...sent,
    origin: url.origin,
    place,
    path,
    headers: context.req.raw.headers,
    correlationId: headers["client-request-id"] ?? query["client-request-id"] ?? randomUUID(),
    traceId: randomUUID(),
    record,
    scriptedError: undefined,
  };
}
