// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { writingTo } from "../../src/files/write_failure.ts";
import { scheduleText } from "../../src/schedule/text.ts";
import { writeSchedule } from "../../src/schedule/write.ts";
import { oneBatch } from "../small_farm.ts";

Deno.test("writeSchedule() writes through no link, at its name or at the one it has until then", () => {
  const folder = Deno.makeTempDirSync();
  const schedule = oneBatch();
  const path = `${folder}/plan.yaml`;
  for (const name of [path, `${path}.partial`]) {
    Deno.writeTextFileSync(`${folder}/mine`, "mine");
    Deno.symlinkSync(`${folder}/mine`, name);
    writeSchedule(path, schedule, true);
    assertEquals(Deno.readTextFileSync(`${folder}/mine`), "mine");
    assertEquals(Deno.lstatSync(path).isFile, true);
    assertEquals(Deno.readTextFileSync(path), scheduleText(schedule));
    Deno.removeSync(path);
  }
  assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["mine"]);
  Deno.removeSync(folder, { recursive: true });
});

/** Why a schedule is not written to a path, and what helps. */
function refused(path: string) {
  const error = assertThrows(() => writeSchedule(path, oneBatch(), true), ReddError);
  const { fault, code, because, remedy } = error;
  return { fault, code, because, remedy };
}

Deno.test("writeSchedule() says what helps against what the system says", () => {
  const folder = Deno.makeTempDirSync();
  try {
    assertEquals(refused(`${folder}/${"n".repeat(300)}`), {
      fault: "environment",
      code: "CANNOT_WRITE",
      because: "the path is longer than the system takes",
      remedy: "Give a shorter path with --output",
    });
    Deno.mkdirSync(`${folder}/plan.yaml`);
    assertEquals(
      refused(`${folder}/plan.yaml`).remedy,
      "A folder stands where a file should be: move it away, or give another file with --output",
    );
    Deno.mkdirSync(`${folder}/other.yaml.partial/mine`, { recursive: true });
    assertEquals(refused(`${folder}/other.yaml`), {
      fault: "input",
      code: "IN_THE_WAY",
      because: `${folder}/other.yaml.partial is a folder, expected a regular file`,
      remedy: "Remove it, or give another file with --output",
    });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("a full disk is told with what to do, whatever is written", () => {
  const goal = {
    cannot: "write the schedule plan.yaml",
    noun: "file",
    flag: "--output",
    again: "run the same command again",
    fewer: "",
  } as const;
  const full = Object.assign(new Error("told so"), { code: "ENOSPC" });
  const error = assertThrows(() =>
    writingTo(goal, () => {
      throw full;
    }), ReddError);
  assertEquals(error.code, "DISK_FULL");
  assertEquals(
    error.message,
    "Cannot write the schedule plan.yaml: the disk is full. " +
      "Free some space and run the same command again.",
  );
});

Deno.test("writeSchedule() replaces no file of a dataset, finished or begun", () => {
  for (const mark of ["datapackage.json", "work/identity.json"]) {
    const folder = Deno.makeTempDirSync();
    Deno.mkdirSync(`${folder}/work`);
    Deno.writeTextFileSync(`${folder}/${mark}`, "{}");
    Deno.writeTextFileSync(`${folder}/schedule.yaml`, "signed");
    assertEquals(refused(`${folder}/schedule.yaml`), {
      fault: "input",
      code: "IN_DATASET",
      because: `it would lie in the dataset ${folder}, which holds nothing but its own files`,
      remedy: "Give a file elsewhere with --output, and generate another dataset from it",
    });
    Deno.mkdirSync(`${folder}/data/batch_batch`, { recursive: true });
    Deno.symlinkSync(`${folder}/data`, `${folder}.link`);
    for (
      const path of [
        `${folder}/datapackage.json`,
        `${folder}/notes.yaml`,
        `${folder}/data/batch_batch.csv`,
        `${folder}/data/batch_batch/2024-01.csv`,
        `${folder}.link/batch_batch/2024-01.csv`,
      ]
    ) {
      assertEquals(refused(path).code, "IN_DATASET", path);
    }
    Deno.removeSync(`${folder}.link`);
    assertEquals(Deno.readTextFileSync(`${folder}/schedule.yaml`), "signed");
    Deno.removeSync(`${folder}/${mark}`);
    writeSchedule(`${folder}/schedule.yaml`, oneBatch(), true);
    assertEquals(Deno.readTextFileSync(`${folder}/schedule.yaml`), scheduleText(oneBatch()));
    Deno.removeSync(folder, { recursive: true });
  }
});
