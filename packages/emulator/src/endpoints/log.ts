import type { EndpointName } from "../endpoint-names.ts";
import { maskHeaders, maskParameters } from "../mask.ts";
import { logPage } from "../pages/log.ts";
import type { LogEntry } from "../pages/log.ts";
import type { RecordedRequest } from "../request-log.ts";
import { htmlResponse } from "../responses.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

const window = 15 * 60 * 1000;

/** Pages for the developer, which no application asks for. */
const ownPages: ReadonlySet<EndpointName> = new Set(["log", "error", "home"]);

/** A page with the requests of the last quarter of an hour. */
export const logEndpoint: Endpoint = {
  name: "log",
  paths: ["/log"],
  methods: ["GET"],
  errors: "page",
  handle: showLog,
};

function showLog(world: World): Response {
  const now = world.clock.now();
  const recent = world.log.requests.filter(({ endpoint, at }) => !ownPages.has(endpoint) && now - at <= window);
  return htmlResponse(logPage({ entries: recent.map(entryOf), now }));
}

function entryOf(request: RecordedRequest): LogEntry {
  const { at, method, path, status, ms, error, query, form, headers } = request;
  const parameters = [...maskParameters(query), ...maskParameters(form)];
  return { at, method, path, status, ms, error, parameters, headers: maskHeaders(headers) };
}
