import { availableParallelism, cpus, type } from "node:os";

/** Where and when the numbers arose, in one line. */
export function machine(): string {
  const processor = cpus()[0]?.model.trim() ?? "unknown processor";
  const day = new Date().toISOString().slice(0, 10);
  return `${processor}, ${availableParallelism()} cores, ${type()}, Node ${process.versions.node}, ${day}`;
}
