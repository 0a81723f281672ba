import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Job, JobReport, Report, Setup } from "./messages.ts";

/** One of the processes. */
export interface Member {
  readonly pid: number;
  /** The jobs that it has not reported yet. */
  readonly jobs: ReadonlyMap<number, Job>;
  send(job: Job): void;
}

/** What is told of the processes. */
export interface CrewEvents {
  readonly reported: (member: Member, report: JobReport) => void;
  /** A process was killed with this job under way. */
  readonly killed?: (job: Job) => void;
}

/** Processes that work at the same time, of which any may be killed. */
export interface Crew extends AsyncDisposable {
  readonly members: readonly Member[];
  /** What went wrong beside the jobs: warnings of the caches, processes that ended by themselves. */
  readonly faults: readonly string[];
  /** Kills a process by SIGKILL; it is gone when the promise is fulfilled. */
  kill(member: Member): Promise<void>;
  /** Starts one more. */
  join(): Promise<Member>;
}

interface OwnMember extends Member {
  readonly jobs: Map<number, Job>;
  readonly child: ChildProcess;
}

/** Starts processes of a program. */
export async function startCrew(program: string, setup: Setup, size: number, events: CrewEvents): Promise<Crew> {
  const members: OwnMember[] = [];
  const faults: string[] = [];

  async function join(): Promise<Member> {
    const child = fork(program, [JSON.stringify(setup)], {
      execArgv: [],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const jobs = new Map<number, Job>();
    const send = (job: Job): void => {
      jobs.set(job.id, job);
      child.send(job);
    };
    const member: OwnMember = { pid: child.pid ?? 0, jobs, child, send };
    members.push(member);
    child.on("exit", (code, signal) => {
      if (signal !== "SIGKILL") faults.push(`process ${member.pid} ended by itself: ${code ?? signal}`);
    });
    return new Promise((resolve, reject) => {
      child.once("exit", () => reject(new Error(`process ${member.pid} ended before it was ready`)));
      child.on("message", (report: Report) => {
        if ("warning" in report) faults.push(`process ${member.pid} warns: ${report.warning}`);
        else if ("id" in report) settle(member, report);
        else resolve(member);
      });
    });
  }

  function settle(member: OwnMember, report: JobReport): void {
    member.jobs.delete(report.id);
    events.reported(member, report);
  }

  async function kill(victim: Member): Promise<void> {
    const place = members.findIndex(({ pid }) => pid === victim.pid);
    const [member] = members.splice(place, 1);
    if (member === undefined) return;
    const { child, jobs } = member;
    if (child.exitCode === null && child.signalCode === null) {
      // What it had said before is still read.
      const ended = Promise.all([once(child, "exit"), once(child, "disconnect")]);
      child.kill("SIGKILL");
      await ended;
    }
    for (const job of jobs.values()) events.killed?.(job);
  }

  const dispose = async (): Promise<void> => void (await Promise.all(members.slice().map(kill)));
  try {
    await Promise.all(Array.from({ length: size }, join));
  } catch (error) {
    await dispose();
    throw error;
  }
  return { members, faults, kill, join, [Symbol.asyncDispose]: dispose };
}
