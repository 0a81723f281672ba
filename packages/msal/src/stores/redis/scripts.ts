import { digest, hex } from "../../protocol/digest.ts";
import type { Script } from "./client.ts";

/** A partition is a hash of `version` and `data`. Gives nothing, the version, or the version and the data. */
export const READ: Script = script(`
local version = redis.call('HGET', KEYS[1], 'version')
if not version then return {} end
if version == ARGV[1] then return { version } end
return { version, redis.call('HGET', KEYS[1], 'data') }`);

/** Arguments: the expected version or nothing, the new one, the data, the seconds to live or nothing. Gives 1 or 0. */
export const WRITE: Script = script(`
if (redis.call('HGET', KEYS[1], 'version') or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'data', ARGV[3])
if ARGV[4] == '' then redis.call('PERSIST', KEYS[1]) else redis.call('EXPIRE', KEYS[1], ARGV[4]) end
return 1`);

/** Argument: the expected version or nothing. Gives 1 when the partition is gone, else 0. */
export const DELETE: Script = script(`
local version = redis.call('HGET', KEYS[1], 'version')
if version and ARGV[1] ~= '' and version ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
return 1`);

/** Arguments: whose lock, milliseconds. Takes it, or keeps it for longer. Gives 1, or 0 when it is somebody else's. */
export const LOCK: Script = script(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`);

/** Argument: whose lock. Gives it back, unless somebody else has it by now. */
export const UNLOCK: Script = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`);

/** The hash is what Redis knows a script by; it protects nothing. */
function script(text: string): Script {
  return { text, sha: digest("SHA-1", text).then(hex) };
}
