/** The four words of the wire, the same in ListSmartJobs.JobState and GetSmartHandleJob.State. */
export const JOB_STATES = ['Created', 'Executing', 'Finished', 'Failed'] as const;

export type JobState = (typeof JOB_STATES)[number];

/*
 * The state machine.
 *
 * A job is Created when its submit is answered: the row is committed and synced by then. A worker claims it and
 * it is Executing under a lease. The pipeline settles it: Finished with a result, or Failed with a code and a
 * message. Finished is the end.
 *
 * Three edges lead back or aside:
 *  - Executing → Created, when a worker that stops hands its job back. The attempt does not count.
 *  - Executing → Executing, when a lease ran out and another worker claims the job. Attempt and epoch rise by one;
 *    past the cap of attempts the job is Failed instead (code WorkerLost).
 *  - Failed → Created, when somebody asks for a retry. Attempts begin anew, the epoch goes on rising.
 * Created → Failed and Executing → Failed are also what a cancel does (code JobCanceled).
 */
const NEXT: Record<JobState, readonly JobState[]> = {
  Created: ['Executing', 'Failed'],
  Executing: ['Executing', 'Created', 'Finished', 'Failed'],
  Finished: [],
  Failed: ['Created'],
};

/** Whether the state machine has an edge between the two. The SQL stores enforce the same edges by trigger. */
export function canBecome(from: JobState, to: JobState): boolean {
  return NEXT[from].includes(to);
}
