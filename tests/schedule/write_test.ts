// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
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
