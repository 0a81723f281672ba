import type { Traffic } from "./client.ts";
import type { Redis } from "./connect-redis.ts";

/** What Redis has received and sent since now, and how many of these commands it was given. */
export async function watchRedis(client: Redis, commands: readonly string[]): Promise<() => Promise<Traffic>> {
  const first = await look(client, commands);
  const before = await look(client, commands);
  // To look moves something too.
  const ofLook = before.bytes - first.bytes;
  let looks = 0;
  return async () => {
    const after = await look(client, commands);
    looks += 1;
    return { bytes: after.bytes - before.bytes - looks * ofLook, trips: after.trips - before.trips };
  };
}

async function look(client: Redis, commands: readonly string[]): Promise<{ bytes: number; trips: number }> {
  const text = `${await client.info("stats")}${await client.info("commandstats")}`;
  const numberAfter = (name: string): number => Number(new RegExp(`^${name}(\\d+)`, "m").exec(text)?.[1] ?? 0);
  const bytes = numberAfter("total_net_input_bytes:") + numberAfter("total_net_output_bytes:");
  return { bytes, trips: commands.reduce((sum, name) => sum + numberAfter(`cmdstat_${name}:calls=`), 0) };
}
