import { MsalError } from "../error/msal-error.ts";
import type { HttpClient } from "../http/http-client.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Logger } from "../runtime/logger.ts";
import { readRegion, type RegionChoice } from "./region.ts";
import { createRemembered, forADay } from "./remembered.ts";
import type { RequestContext } from "./request-context.ts";

/**
 * Says which region to go to; `undefined`: to none. Never rejects but with an `MsalError` of code `aborted`: who finds
 * no region goes on without one.
 */
export type RegionFinder = (context: RequestContext) => Promise<string | undefined>;

/** What a region is found with. */
export interface RegionFinderParts {
  /** Asks the machine it runs on: without proxy and retry, and with a time limit that a start can bear. */
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The environment variable of that name. */
  readonly environment: (name: string) => string | undefined;
}

/** Where a virtual machine learns about itself. The address is the same in all of Azure, and reaches no further. */
const metadataService = "http://169.254.169.254/metadata/instance/compute/location?format=text&api-version=2021-01-01";

/** Makes what finds the region of one application. */
export function createRegionFinder(choice: RegionChoice, parts: RegionFinderParts): RegionFinder {
  if (choice === undefined) return () => Promise.resolve(undefined);
  if (choice !== true) return () => Promise.resolve(configured(choice, parts));
  // A machine does not move, and one that is not in Azure will not come there: a failure is remembered too.
  const detected = createRemembered<string | undefined>(parts.clock);
  return ({ correlationId, signal }) =>
    detected.get(
      "",
      async (shared) => forADay(parts.clock, await detect(parts, { correlationId, signal: shared })),
      signal,
    );
}

/** Compared with what the environment says for free. Nobody waits for a request that can only end in a warning. */
function configured(region: string, { logger, environment }: RegionFinderParts): string {
  const detected = readRegion(environment("REGION_NAME"));
  if (detected !== undefined && detected !== region) {
    logger.warn?.(
      `"azureRegion" is "${region}", but the application runs in "${detected}" (REGION_NAME). It asks ` +
        `"${region}"; give the region that it runs in.`,
    );
  }
  return region;
}

async function detect(parts: RegionFinderParts, context: RequestContext): Promise<string | undefined> {
  const { logger, environment } = parts;
  const named = readRegion(environment("REGION_NAME"));
  const region = named ?? (await askMetadataService(parts, context));
  if (region === undefined) logger.info?.("No Azure region was found; the central endpoints are asked.");
  else logger.info?.(`The Azure region is "${region}", as ${named === undefined ? "IMDS" : "REGION_NAME"} says.`);
  return region;
}

async function askMetadataService(
  { http }: RegionFinderParts,
  { correlationId, signal }: RequestContext,
): Promise<string | undefined> {
  try {
    const { status, body } = await http({
      method: "GET",
      url: metadataService,
      headers: { metadata: "true" },
      correlationId,
      ...(signal !== undefined && { signal }),
    });
    return status === 200 ? readRegion(body) : undefined;
  } catch (error) {
    if (error instanceof MsalError && error.code !== "aborted") return undefined;
    throw error;
  }
}
