import type { TaskRunner } from "../workspace/jobs/task-runner.ts";

const task = (file: string) => ({ key: "task", file, parameters: [file, "p"] });

/** Tasks of {@link testTaskRunner}: one that ends well, one that fails, one that runs until it is told to end. */
export const testTasks = {
  ends: task("/ends.py"),
  fails: task("/fails.py"),
  endless: task("/endless.py"),
  why: "it was meant to fail",
};

export const testTaskRunner: TaskRunner = {
  refusal: () => undefined,
  async run({ spark_python_task: python }, { signal }) {
    if (python?.python_file === testTasks.fails.file) throw new Error(testTasks.why);
    if (python?.python_file === testTasks.endless.file)
      await new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(new Error("told to end"))),
      );
  },
};
