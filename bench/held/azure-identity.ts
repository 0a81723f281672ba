import { ClientSecretCredential, type IdentityPlugin, useIdentityPlugin } from "@azure/identity";
import { appAnswer, clientId, metadata, scopeOf, tenantId } from "./answers.ts";
import type { Client } from "./client.ts";
import { multiplied } from "./multiplied.ts";
import { httpClientOf } from "../peers/azure-identity.ts";

/** What the credential asks a plugin for that keeps its cache. It is the way in by which a cache can be filled. */
interface CacheContext {
  readonly tokenCache: { serialize(): string; deserialize(state: string): void };
}

/** Microsoft's credentials for their Azure libraries. They stand on msal-node, and have no list of users. */
export const client: Client = {
  async appTokens(count) {
    let cache: CacheContext["tokenCache"] | undefined;
    useIdentityPlugin(watching((tokenCache) => (cache ??= tokenCache)));
    let open = true;
    const httpClient = httpClientOf((url) => {
      if (!open) throw new Error("A cached token was fetched.");
      return url.includes("openid-configuration") ? metadata : appAnswer(0);
    });
    const credential = new ClientSecretCredential(tenantId, clientId, "a secret", {
      httpClient,
      disableInstanceDiscovery: true,
      tokenCachePersistenceOptions: { enabled: true },
    });
    await credential.getToken(scopeOf(0));
    cache?.deserialize(multiplied(cache.serialize(), count, scopeOf));
    open = false;
    return {
      ask(number) {
        const scope = scopeOf(number);
        return () => credential.getToken(scope);
      },
    };
  },
};

/** A plugin that reads and writes nothing, and shows the cache. */
function watching(see: (cache: CacheContext["tokenCache"]) => void): IdentityPlugin {
  const persistence = {
    beforeCacheAccess: ({ tokenCache }: CacheContext) => Promise.resolve(see(tokenCache)),
    afterCacheAccess: () => Promise.resolve(),
  };
  const plugin = ({ cachePluginControl }: PluginContext): void =>
    cachePluginControl.setPersistence(() => Promise.resolve(persistence));
  return plugin as IdentityPlugin;
}

interface PluginContext {
  readonly cachePluginControl: { setPersistence(make: () => Promise<object>): void };
}
